//! The shape of an answer in which something failed, or was skipped.
//!
//! GraphQL has a failed field be null, and where it may not be null, whatever holds it (§6.4.4); the
//! engine leaves it out of its object, and gives null for an object of which nothing is left. A client
//! generated from the contract would take either for what the contract forbids.
use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, Directive, ExecutableDocument, Field, OperationType, Selection, SelectionSet, Type,
    TypeDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Name, Positioned, Value, Variables};

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

    /// The type of a field; none where there is no such field here: it is one of introspection.
    pub fn field(&self, of: &str, name: &str) -> Option<&Type> {
        let fields = match self.kind(of)? {
            TypeKind::Object(object) => &object.fields,
            TypeKind::Interface(interface) => &interface.fields,
            _ => return None,
        };
        fields.iter().find(|it| it.node.name.node == name).map(|it| &it.node.ty.node)
    }

    fn is_object(&self, name: &str) -> bool {
        matches!(self.kind(name), Some(TypeKind::Object(_)))
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

/// An operation that was executed, and what it was executed with.
pub struct Executed<'a> {
    /// The document that it stands in.
    pub document: &'a ExecutableDocument,
    /// Its name, where the document has several.
    pub operation: Option<String>,
    /// Its variables.
    pub variables: Variables,
}

/// A value that may not be null is.
struct Lacking;

impl Executed<'_> {
    /// Whether something of it may be skipped: then an answer without errors may lack its shape too.
    pub fn skips(&self) -> bool {
        fn skips(set: &SelectionSet) -> bool {
            set.items.iter().any(|it| {
                !it.node.directives().is_empty()
                    || match &it.node {
                        Selection::Field(it) => skips(&it.node.selection_set.node),
                        Selection::InlineFragment(it) => skips(&it.node.selection_set.node),
                        Selection::FragmentSpread(_) => false,
                    }
            })
        }
        let operations = self.document.operations.iter().map(|(_, it)| &it.node.selection_set);
        let fragments = self.document.fragments.values().map(|it| &it.node.selection_set);
        operations.chain(fragments).any(|it| skips(&it.node))
    }

    /// `data` in the shape that the operation asks for.
    pub fn shaped(&self, types: &Types, data: Value) -> Value {
        let mut operations = self.document.operations.iter();
        let wanted = |name: Option<&Name>| {
            self.operation.is_none() || name.map(Name::as_str) == self.operation.as_deref()
        };
        let Some((_, operation)) = operations.find(|(name, _)| wanted(*name)) else {
            return data;
        };
        let root = match operation.node.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let set = &operation.node.selection_set.node;
        self.object(types, root, &[set], data).unwrap_or(Value::Null)
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
            self.collect(name, set, &mut asked);
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
            // Of a union or an interface, what is asked depends on what is there: the engine's answer
            // stays.
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
                    match self.document.fragments.get(&spread.node.fragment_name.node) {
                        Some(it) => (Some(&it.node.type_condition), &it.node.selection_set.node),
                        None => continue,
                    }
                }
            };
            // Valid documents have no fragment here that is on another object; the rest are on what it is.
            if on.is_none_or(|it| it.node.on.node == name) {
                self.collect(name, set, asked);
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
