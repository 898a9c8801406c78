//! The shape of an answer in which something failed, or was skipped.
//!
//! GraphQL has a failed field be null, and where it may not be null, whatever holds it (§6.4.4); the
//! engine leaves it out of its object, and gives null for an object of which nothing is left. A client
//! generated from the contract would take either for what the contract forbids.
//!
//! What was asked of an object depends on its type. Where the contract promises one of several, the
//! engine is asked for it too, and the answer does not show it.
use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition,
    OperationType, Selection, SelectionSet, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Name, Pos, Positioned, Request, Value, Variables};

use super::admission::{Admitted, Conflict, Given};
use super::written::is_plain;

mod merged;

/// Where an answer of the engine has the type of an object of which the contract says an interface or a
/// union. No caller can ask for anything under this name: it is none in GraphQL.
const TYPE: &str = "<type>";

/// The scalars of GraphQL itself (§3.5), which no contract has to define.
const BUILT_IN: [&str; 5] = ["Int", "Float", "String", "Boolean", "ID"];

/// The types of the contract, as its text has them.
pub struct Types(HashMap<String, TypeDefinition>);

impl Types {
    /// Those of `sdl`; none where it is no schema.
    pub fn of(sdl: &str) -> Self {
        let definitions = parse_schema(sdl).map(|it| it.definitions).unwrap_or_default();
        let types = definitions.into_iter().filter_map(|it| match it {
            TypeSystemDefinition::Type(it) => Some((it.node.name.node.to_string(), it.node)),
            _ => None,
        });
        Self(types.collect())
    }

    /// What sort of type `name` is.
    pub fn kind(&self, name: &str) -> Option<&TypeKind> {
        self.0.get(name).map(|it| &it.kind)
    }

    /// Whether values of `name` have no parts and no list of what they may be.
    pub fn is_scalar(&self, name: &str) -> bool {
        BUILT_IN.contains(&name) || matches!(self.kind(name), Some(TypeKind::Scalar))
    }

    /// The type of a field; none where there is no such field here: it is one of introspection.
    pub fn field(&self, of: &str, name: &str) -> Option<&Type> {
        let fields = match self.kind(of)? {
            TypeKind::Object(object) => &object.fields,
            TypeKind::Interface(interface) => &interface.fields,
            _ => return None,
        };
        fields.iter().find(|it| it.node.name.node == name).map(|it| &it.node.ty.node)
    }

    /// What the engine is given to execute `document`, which it finds valid: its selections brought
    /// together, unless they are, and the types of what may have several asked for.
    pub fn given(&self, document: &ExecutableDocument) -> Result<Given, Conflict> {
        let merged = (!is_plain(document)).then(|| self.merged(document)).transpose()?;
        let named = self.naming(merged.as_ref().unwrap_or(document));
        let (is_named, instead) = (named.is_some(), named.or(merged));
        let is_plain = is_plain(instead.as_ref().unwrap_or(document));
        Ok(Given { instead, is_named, is_plain })
    }

    /// `document` with one more field wherever it asks something of an interface or a union: the type of
    /// what is there. None where it asks nothing of any.
    pub fn naming(&self, document: &ExecutableDocument) -> Option<ExecutableDocument> {
        let operations = document.operations.iter().map(|(_, it)| &it.node);
        let mut sets = operations.map(|it| (Name::new(root(it.ty)), &it.selection_set.node)).chain(
            document.fragments.values().map(|it| {
                (it.node.type_condition.node.on.node.clone(), &it.node.selection_set.node)
            }),
        );
        if !sets.any(|(of, set)| self.has_abstract(&of, set)) {
            return None;
        }
        let mut document = document.clone();
        for operation in operations_mut(&mut document) {
            self.add_types(&Name::new(root(operation.ty)), &mut operation.selection_set.node);
        }
        for fragment in document.fragments.values_mut() {
            let of = fragment.node.type_condition.node.on.node.clone();
            self.add_types(&of, &mut fragment.node.selection_set.node);
        }
        Some(document)
    }

    /// Whether `set`, asked of the type `of`, asks something of an interface or a union.
    fn has_abstract(&self, of: &Name, set: &SelectionSet) -> bool {
        self.is_abstract(of)
            || set.items.iter().any(|it| match (self.asked_of(of, &it.node), within(&it.node)) {
                (Some(of), Some(set)) => self.has_abstract(&of, set),
                _ => false,
            })
    }

    /// Asks for the type wherever `set`, asked of the type `of`, asks something of an interface or a union.
    fn add_types(&self, of: &Name, set: &mut SelectionSet) {
        for selection in &mut set.items {
            if let Some(of) = self.asked_of(of, &selection.node)
                && let Some(set) = within_mut(&mut selection.node)
            {
                self.add_types(&of, set);
            }
        }
        if self.is_abstract(of) {
            let at = Pos::default();
            let field = Field {
                alias: Some(Positioned::new(Name::new(TYPE), at)),
                name: Positioned::new(Name::new("__typename"), at),
                arguments: Vec::new(),
                directives: Vec::new(),
                selection_set: Positioned::default(),
            };
            set.items.push(Positioned::new(Selection::Field(Positioned::new(field, at)), at));
        }
    }

    /// The type of which the selections within `selection` are asked, where that stands in one of the type
    /// `of`. What is spread is looked at where it is defined.
    fn asked_of(&self, of: &Name, selection: &Selection) -> Option<Name> {
        match selection {
            Selection::Field(it) => {
                let mut base = &self.field(of, &it.node.name.node)?.base;
                loop {
                    match base {
                        BaseType::Named(name) => return Some(name.clone()),
                        BaseType::List(entry) => base = &entry.base,
                    }
                }
            }
            Selection::InlineFragment(it) => {
                let condition = it.node.type_condition.as_ref();
                Some(condition.map_or_else(|| of.clone(), |it| it.node.on.node.clone()))
            }
            Selection::FragmentSpread(_) => None,
        }
    }

    fn is_object(&self, name: &str) -> bool {
        matches!(self.kind(name), Some(TypeKind::Object(_)))
    }

    /// Whether what is promised as `name` can be of several types.
    fn is_abstract(&self, name: &str) -> bool {
        matches!(self.kind(name), Some(TypeKind::Interface(_) | TypeKind::Union(_)))
    }

    /// Whether an object of the type `name` has what is asked on `on`: that is its type, an interface of
    /// it, or a union that it is in.
    fn is_on(&self, name: &str, on: &str) -> bool {
        name == on
            || match (self.kind(on), self.kind(name)) {
                (Some(TypeKind::Union(union)), _) => union.members.iter().any(|it| it.node == name),
                (Some(TypeKind::Interface(_)), Some(TypeKind::Object(object))) => {
                    object.implements.iter().any(|it| it.node == on)
                }
                _ => false,
            }
    }

    /// Whether `name` has fields, or members that have.
    #[cfg(test)]
    pub fn is_composite(&self, name: &str) -> bool {
        let kind = self.kind(name);
        matches!(kind, Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_)))
    }

    /// Whether exactly one field of the input object `name` is given.
    #[cfg(test)]
    pub fn is_one_of(&self, name: &str) -> bool {
        let directives = self.0.get(name).map(|it| it.directives.as_slice()).unwrap_or_default();
        directives.iter().any(|it| it.node.name.node == "oneOf")
    }
}

/// What is asked within `selection`; of what is spread, that stands where it is defined.
fn within(selection: &Selection) -> Option<&SelectionSet> {
    match selection {
        Selection::Field(it) => Some(&it.node.selection_set.node),
        Selection::InlineFragment(it) => Some(&it.node.selection_set.node),
        Selection::FragmentSpread(_) => None,
    }
}

/// The same, to change it.
fn within_mut(selection: &mut Selection) -> Option<&mut SelectionSet> {
    match selection {
        Selection::Field(it) => Some(&mut it.node.selection_set.node),
        Selection::InlineFragment(it) => Some(&mut it.node.selection_set.node),
        Selection::FragmentSpread(_) => None,
    }
}

fn operations_mut(document: &mut ExecutableDocument) -> Vec<&mut OperationDefinition> {
    match &mut document.operations {
        DocumentOperations::Single(single) => vec![&mut single.node],
        DocumentOperations::Multiple(many) => many.values_mut().map(|it| &mut it.node).collect(),
    }
}

/// The type of which an operation asks.
fn root(of: OperationType) -> &'static str {
    match of {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// An operation that was executed, and what it was executed with.
pub struct Executed {
    asked: Arc<Admitted>,
    operation: Option<String>,
    variables: Variables,
}

/// A value that may not be null is.
struct Lacking;

impl Executed {
    /// The operation of `asked` that `request` names.
    pub fn of(asked: Arc<Admitted>, request: &Request) -> Self {
        let (operation, variables) = (request.operation_name.clone(), request.variables.clone());
        Self { asked, operation, variables }
    }

    fn document(&self) -> &ExecutableDocument {
        &self.asked.document
    }

    /// Whether the engine was asked for types that the operation does not ask for.
    pub fn is_named(&self) -> bool {
        matches!(self.asked.given.get(), Some(Ok(given)) if given.is_named)
    }

    /// Whether something of it may be skipped: then an answer without errors may lack its shape too.
    pub fn skips(&self) -> bool {
        self.has(&|it| !it.directives().is_empty())
    }

    /// Whether some selection of the document is such a one.
    fn has(&self, is_such: &impl Fn(&Selection) -> bool) -> bool {
        fn has(set: &SelectionSet, is_such: &impl Fn(&Selection) -> bool) -> bool {
            set.items.iter().any(|it| {
                is_such(&it.node) || within(&it.node).is_some_and(|set| has(set, is_such))
            })
        }
        let operations = self.document().operations.iter().map(|(_, it)| &it.node.selection_set);
        let fragments = self.document().fragments.values().map(|it| &it.node.selection_set);
        operations.chain(fragments).any(|it| has(&it.node, is_such))
    }

    /// `data` in the shape that the operation asks for.
    pub fn shaped(&self, types: &Types, data: Value) -> Value {
        let Some(operation) = self.operation() else { return data };
        let set = &operation.selection_set.node;
        self.object(types, root(operation.ty), &[set], data).unwrap_or(Value::Null)
    }

    /// `data` with its own members in the order in which the operation asks for them: the engine has
    /// those first that are there first.
    pub fn ordered(&self, types: &Types, data: Value) -> Value {
        match (data, self.operation()) {
            (Value::Object(mut data), Some(operation)) if data.len() > 1 => {
                let mut asked = IndexMap::new();
                let set = &operation.selection_set.node;
                self.collect(types, root(operation.ty), set, &mut asked);
                let found = asked.keys().filter_map(|key| data.swap_remove_entry(key));
                Value::Object(found.collect())
            }
            (data, _) => data,
        }
    }

    /// The operation, where the document has it.
    fn operation(&self) -> Option<&OperationDefinition> {
        let wanted = |name: Option<&Name>| {
            self.operation.is_none() || name.map(Name::as_str) == self.operation.as_deref()
        };
        let mut operations = self.document().operations.iter();
        operations.find(|(name, _)| wanted(*name)).map(|(_, it)| &it.node)
    }

    /// The object of the type `name`, of which `sets` are asked.
    fn object(
        &self,
        types: &Types,
        name: &str,
        sets: &[&SelectionSet],
        data: Value,
    ) -> Result<Value, Lacking> {
        let mut asked = IndexMap::new();
        for set in sets {
            self.collect(types, name, set, &mut asked);
        }
        let mut data = match data {
            Value::Object(data) => data,
            // Everything in it failed, or nothing of it was wanted.
            _ => IndexMap::new(),
        };
        let mut whole = IndexMap::with_capacity(asked.len());
        for (key, fields) in asked {
            let there = data.swap_remove(&key);
            let value = match types.field(name, &fields[0].name.node) {
                Some(ty) => {
                    let sets: Vec<_> = fields.iter().map(|it| &it.selection_set.node).collect();
                    self.typed(types, ty, &sets, there.unwrap_or_default())?
                }
                None => there.unwrap_or_default(),
            };
            whole.insert(key, value);
        }
        Ok(Value::Object(whole))
    }

    fn typed(
        &self,
        types: &Types,
        ty: &Type,
        sets: &[&SelectionSet],
        value: Value,
    ) -> Result<Value, Lacking> {
        let shaped = match (&ty.base, value) {
            (BaseType::List(of), Value::List(entries)) => {
                let entries = entries.into_iter().map(|it| self.typed(types, of, sets, it));
                entries.collect::<Result<Vec<_>, _>>().map(Value::List)
            }
            (BaseType::Named(name), Value::Object(mut data)) if types.is_abstract(name) => {
                match data.swap_remove(TYPE) {
                    Some(Value::String(name)) => {
                        self.object(types, &name, sets, Value::Object(data))
                    }
                    _ => Ok(Value::Object(data)),
                }
            }
            (BaseType::Named(name), value) if types.is_object(name) => match value {
                // It may be there or not; what may not be null is there, and nothing of it is left.
                Value::Null if ty.nullable => Ok(Value::Null),
                value => self.object(types, name, sets, value),
            },
            (_, value) => Ok(value),
        };
        match shaped {
            Ok(Value::Null) | Err(Lacking) if !ty.nullable => Err(Lacking),
            Err(Lacking) => Ok(Value::Null),
            Ok(value) => Ok(value),
        }
    }

    /// The fields that `set` asks of an object of the type `name`, by their names in the answer.
    fn collect<'a>(
        &'a self,
        types: &Types,
        name: &str,
        set: &'a SelectionSet,
        asked: &mut IndexMap<Name, Vec<&'a Field>>,
    ) {
        for selection in &set.items {
            if self.is_skipped(selection.node.directives()) {
                continue;
            }
            let (on, set) = match &selection.node {
                Selection::Field(field) => {
                    let key = &field.node.alias.as_ref().unwrap_or(&field.node.name).node;
                    asked.entry(key.clone()).or_default().push(&field.node);
                    continue;
                }
                Selection::InlineFragment(it) => {
                    (it.node.type_condition.as_ref(), &it.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => {
                    match self.document().fragments.get(&spread.node.fragment_name.node) {
                        Some(it) => (Some(&it.node.type_condition), &it.node.selection_set.node),
                        None => continue,
                    }
                }
            };
            if on.is_none_or(|it| types.is_on(name, &it.node.on.node)) {
                self.collect(types, name, set, asked);
            }
        }
    }

    fn is_skipped(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|it| {
            let condition = it.node.get_argument("if").and_then(|it| {
                let value = |name| self.variables.get(&name).cloned().ok_or(());
                it.node.clone().into_const_with(value).ok()
            });
            let condition = condition == Some(Value::Boolean(true));
            match it.node.name.node.as_str() {
                "skip" => condition,
                "include" => !condition,
                _ => false,
            }
        })
    }
}

#[cfg(test)]
mod tests;
