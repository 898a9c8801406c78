//! Answers of a small contract, and what becomes of them.
use async_graphql::parser::parse_query;
use async_graphql::value;

use super::super::admission::admit;
use super::*;

const SDL: &str = "
    interface Node { id: ID! }
    type Person implements Node { id: ID! name: String friend: Node mood: Int! }
    type Place implements Node { id: ID! area: Int pets: [Pet]! }
    type Cat { lives: Int! }
    type Dog { tricks: Int }
    union Pet = Cat | Dog
    type Query { node: Node sure: Node! nodes: [Node]! }";

/// What becomes of `data` as the engine gives it for `query`, once it was asked for types.
fn shaped(query: &str, data: Value) -> Value {
    let types = Types::of(SDL);
    let asked = admit(query).expect("a document");
    asked.given.get_or_init(|| types.given(&asked.document));
    Executed::of(Arc::new(asked), &Request::new("")).shaped(&types, data)
}

#[test]
fn the_type_is_asked_for_wherever_there_may_be_several() {
    let named = |query: &str| {
        let named = Types::of(SDL).naming(&parse_query(query).expect("it parses"));
        named.map(|it| format!("{it:?}").matches(TYPE).count())
    };
    assert_eq!(named("{ __typename __schema { types { name } } }"), None);
    assert_eq!(named("{ node { id } }"), Some(1));
    assert_eq!(named("query a { node { id } } query b { sure { id } }"), Some(2));
    assert_eq!(named("{ nodes { ... on Person { friend { id } } } }"), Some(2));
    assert_eq!(named("{ nodes { ...f } } fragment f on Place { pets { __typename } }"), Some(2));
    assert_eq!(named("{ ... { node { id } } }"), Some(1));
    assert_eq!(named("{ nothing { id } }"), None, "it is refused elsewhere");
}

#[test]
fn a_failed_field_of_an_interface_is_null_with_what_may_not_hold_a_null() {
    let query = "{ node { id ... on Person { name mood } ... on Place { area } } }";
    let person = |rest: Value| {
        let mut data = value!({"<type>": "Person", "id": "1"});
        if let (Value::Object(data), Value::Object(rest)) = (&mut data, rest) {
            data.extend(rest);
        }
        value!({ "node": (data) })
    };
    assert_eq!(
        shaped(query, person(value!({"mood": 3}))),
        value!({"node": {"id": "1", "name": null, "mood": 3}})
    );
    assert_eq!(shaped(query, person(value!({"name": "Itto"}))), value!({"node": null}));
    let place = value!({"node": {"<type>": "Place", "id": "2"}});
    assert_eq!(shaped(query, place), value!({"node": {"id": "2", "area": null}}));
    let sure = "{ sure { ... on Person { mood } } }";
    assert_eq!(shaped(sure, value!({"sure": {"<type>": "Person"}})), Value::Null);
}

#[test]
fn a_fragment_on_an_interface_or_a_union_applies_to_each_of_its_types() {
    let query = "{ nodes { ...n ... on Place { pets { ... on Pet { __typename ... on Dog { tricks } } \
                 ... on Cat { lives } } } } } fragment n on Node { ... on Person { friend { id } } }";
    let data = value!({"nodes": [
        {"<type>": "Person", "friend": {"<type>": "Place"}},
        {"<type>": "Place", "pets": [
            {"<type>": "Dog", "__typename": "Dog"}, {"<type>": "Cat", "__typename": "Cat"}]},
        null,
    ]});
    let wanted = value!({"nodes": [
        {"friend": null},
        {"pets": [{"__typename": "Dog", "tricks": null}, null]},
        null,
    ]});
    assert_eq!(shaped(query, data), wanted);
}

#[test]
fn the_members_of_an_answer_come_in_the_order_in_which_they_are_asked_for() {
    let query = "{ nodes { id } ...f sure { id } } fragment f on Query { also: node { id } }";
    let asked = Arc::new(admit(query).expect("a document"));
    let executed = Executed::of(asked, &Request::new(""));
    let data = value!({"sure": {"id": 1}, "nodes": [], "also": {"id": 2}});
    let ordered = executed.ordered(&Types::of(SDL), data.clone());
    assert_eq!(ordered, data, "nothing is lost");
    let Value::Object(members) = ordered else { panic!("an object") };
    assert_eq!(members.keys().map(Name::as_str).collect::<Vec<_>>(), ["nodes", "also", "sure"]);
}

/// What `set` selects, with what is asked under a directive marked.
fn said(set: &SelectionSet) -> String {
    let said = |it: &Positioned<Selection>| {
        let name = match &it.node {
            Selection::Field(it) => it.node.response_key().node.to_string(),
            Selection::InlineFragment(it) => {
                let on = it.node.type_condition.as_ref().map(|it| it.node.on.node.as_str());
                format!("...{}", on.unwrap_or_default())
            }
            Selection::FragmentSpread(it) => format!("...{}", it.node.fragment_name.node),
        };
        let mark = if it.node.directives().is_empty() { "" } else { "@" };
        let within = within(&it.node)
            .filter(|it| !it.items.is_empty())
            .map(|it| format!("{{{}}}", said(it)));
        name + mark + &within.unwrap_or_default()
    };
    set.items.iter().map(said).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_fragments_ask_for_stands_where_they_stood_unless_it_depends_on_what_is_there() {
    for (query, wanted) in [
        ("{ node { id } }", "node{id}"),
        ("{ ...q } fragment q on Query { node { id } }", "node{id}"),
        (
            "{ a: node { id } ... { node { id } ... on Query { a: node { id __typename } } } }",
            "a{id __typename} node{id}",
        ),
        (
            "{ ...q node { id } } fragment q on Query { sure { id } node { ...n ... on Person { name ...p } } } \
             fragment n on Node { id } fragment p on Person { name mood friend { ...n ...n } }",
            "sure{id} node{id ...Person{name mood friend{id}}}",
        ),
        // A place is a node, a node need not be a place; a cat is a pet.
        (
            "{ node { ... on Place { ... on Node { id } pets { ... on Pet { ... on Cat { lives } } } } } }",
            "node{...Place{id pets{...Cat{lives}}}}",
        ),
        ("{ node @include(if: true) { id id } node { id } }", "node@{id} node{id}"),
        (
            "{ ...q @skip(if: true) ... @skip(if: true) { sure { id } } } fragment q on Query { node { id } }",
            "...q@ ...@{sure{id}}",
        ),
    ] {
        let merged = Types::of(SDL).merged(&parse_query(query).expect("it parses"));
        let merged = merged.ok().expect("nothing conflicts");
        let (_, operation) = merged.operations.iter().next().expect("an operation");
        assert_eq!(said(&operation.node.selection_set.node), wanted, "{query}");
        let given = Types::of(SDL).given(&parse_query(query).expect("it parses"));
        let is_plain = given.is_ok_and(|it| it.is_plain);
        assert_eq!(is_plain, !wanted.contains(['@', '.']), "{query}");
    }
}
