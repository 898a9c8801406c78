//! For each limit, a document that just passes and one that does not.
use super::*;

/// The code that refuses `query`, whichever check finds it.
fn refused(query: &str) -> Option<String> {
    admit(query).err().map(|it| it.problem().code().to_owned())
}

fn passes(query: &str) {
    assert_eq!(refused(query), None, "{query:.200}");
}

fn is_refused(query: &str, code: &str) {
    assert_eq!(refused(query).as_deref(), Some(code), "{query:.200}");
}

#[test]
fn a_document_has_64_kilobytes() {
    let filled = |length: usize| format!("{{a}}{}", " ".repeat(length - 3));
    passes(&filled(QUERY_BYTES_MAX));
    is_refused(&filled(QUERY_BYTES_MAX + 1), "QUERY_TOO_LONG");
}

#[test]
fn brackets_nest_no_deeper_than_the_parsers_stack_holds() {
    let list = |depth: usize| format!("{{a(b:{}{})}}", "[".repeat(depth), "]".repeat(depth));
    passes(&list(BRACKETS_MAX - 2));
    is_refused(&list(BRACKETS_MAX - 1), "QUERY_TOO_DEEP");
    // What overflowed the stack: it is not even closed.
    for open in ["[", "{", "(", "{a", "{a:", "[{a:", "query($a:["] {
        is_refused(&format!("{{a(b:{}", open.repeat(5_000)), "QUERY_TOO_DEEP");
    }
}

#[test]
fn brackets_in_strings_and_comments_do_not_count() {
    let many = "[({".repeat(100);
    passes(&format!("{{ a(b: \"{many} \\\" {many}é\") # {many}\n }}"));
    passes(&format!("{{ a(b: \"\"\"{many}\n \\\"\"\" \" {many}\"\"\") }}"));
    passes(&format!("{{ a(b: \"\") }} # {many}"));
    // Nor do those that would close what is open.
    let hidden = "[ \"]\" #]\r".repeat(BRACKETS_MAX);
    is_refused(&format!("{{a(b:{hidden}"), "QUERY_TOO_DEEP");
}

#[test]
fn a_string_that_does_not_end_hides_nothing() {
    let many = "[".repeat(20_000);
    for start in ["\"\"\"\"", "\"\"\" \"", "\"", "\"\\", "\"a\n\"", "\"\"\" \\\"\"\""] {
        is_refused(&format!("{{a(b:[{start}{many}"), "QUERY_UNREADABLE");
    }
}

#[test]
fn what_cannot_be_read_says_where() {
    let fault = admit("{ a }\n{ b: }").err().expect("it is no document");
    assert_eq!(fault.code(), "BAD_USER_INPUT");
    let said = fault.problem().said_in(crate::languages::Tongue::En);
    assert_eq!(said, "the GraphQL query cannot be read from line 2, column 6 on");
    let said = admit("").err().expect("nothing").problem().said_in(crate::languages::Tongue::En);
    assert!(said.contains("line 1, column 1"), "{said}");
}

#[test]
fn selections_nest_32_deep_whether_in_fields_or_in_fragments() {
    let fields = |levels: usize| format!("{}{}", "{a".repeat(levels), "}".repeat(levels));
    passes(&fields(LEVELS_MAX));
    is_refused(&fields(LEVELS_MAX + 1), "QUERY_TOO_DEEP");
    let chain = |length: usize| {
        let link = |at: usize| format!("fragment f{at} on A {{ ...f{} }}", at + 1);
        let links: String = (1..length).map(link).collect();
        format!("{{ ...f1 }} {links} fragment f{length} on A {{ a }}")
    };
    passes(&chain(LEVELS_MAX - 1));
    for length in [LEVELS_MAX, 500] {
        is_refused(&chain(length), "QUERY_TOO_DEEP");
        // Nor where no operation uses it.
        let unused = chain(length + 1).replacen("...f1", "a", 1);
        is_refused(&unused, "QUERY_TOO_DEEP");
    }
}

#[test]
fn a_fragment_counts_as_often_as_it_is_spread() {
    let doubled = |levels: usize| {
        let link = |at: usize| format!("fragment f{at} on A {{ ...f{0} ...f{0} }}", at + 1);
        let links: String = (1..levels).map(link).collect();
        format!("{{ ...f1 }} {links} fragment f{levels} on A {{ a }}")
    };
    // 1 + 2 · (1 + 2 · (…)) selections.
    passes(&doubled(11));
    is_refused(&doubled(12), "QUERY_TOO_WIDE");
    is_refused(&doubled(30), "QUERY_TOO_WIDE");
    passes(&format!("{{ {} }}", "a ".repeat(SELECTIONS_MAX)));
    is_refused(&format!("{{ {} }}", "a ".repeat(SELECTIONS_MAX + 1)), "QUERY_TOO_WIDE");
}

#[test]
fn a_document_has_100_aliases_in_all() {
    let aliased = |count: usize| -> String {
        (0..count).map(|at| format!("a{at}: a ")).collect::<Vec<_>>().concat()
    };
    passes(&format!("{{ {} }}", aliased(ALIASES_MAX)));
    is_refused(&format!("{{ {} }}", aliased(ALIASES_MAX + 1)), "QUERY_TOO_MANY_ALIASES");
    // Through a fragment, or in several operations, they are as many.
    let half = aliased(ALIASES_MAX / 2);
    passes(&format!("{{ ...f b {{ ...f }} }} fragment f on A {{ {half} }}"));
    let over = format!("{{ ...f b {{ ...f }} c: c }} fragment f on A {{ {half} }}");
    is_refused(&over, "QUERY_TOO_MANY_ALIASES");
    let two = format!("query a {{ {half} x: a }} query b {{ {half} }}");
    is_refused(&two, "QUERY_TOO_MANY_ALIASES");
}

#[test]
fn one_place_has_10_directives() {
    let many = |count: usize| " @skip(if: false)".repeat(count);
    for (before, after) in [
        ("{ a", " }"),
        ("query", " { a }"),
        ("query($v: Int", ") { a }"),
        ("{ ...", " { a } }"),
        ("{ ...f", " } fragment f on A { a }"),
        ("{ ...f } fragment f on A", " { a }"),
    ] {
        passes(&format!("{before}{}{after}", many(DIRECTIVES_MAX)));
        let over = format!("{before}{}{after}", many(DIRECTIVES_MAX + 1));
        is_refused(&over, "QUERY_TOO_MANY_DIRECTIVES");
    }
}

#[test]
fn fragments_in_a_circle_are_refused() {
    for query in [
        "{ ...f } fragment f on A { ...f }",
        "{ ...f } fragment f on A { a { ...g } } fragment g on A { ...f ...f ...f }",
        "{ a } fragment f on A { ...g } fragment g on A { a { b { ...f } } }",
    ] {
        is_refused(query, "FRAGMENT_CYCLE");
    }
    passes("{ ...f ...f } fragment f on A { ...g ...g } fragment g on A { a }");
    passes("{ ...nothing }");
}
