//! Whether an answer has the shape that its operation and the schema promise.
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    BaseType, ExecutableDocument, Field, Selection, SelectionSet, Type, TypeKind,
};
use serde_json::Value;

use super::generator::{Operation, named};
use crate::graphql::shape::Types;

/// What is wrong with `data`; all of it may be missing where the operation `failed`.
pub fn check(
    types: &Types,
    operation: &Operation,
    data: &Value,
    failed: bool,
) -> Result<(), String> {
    let document = parse_query(&operation.query).map_err(|it| it.to_string())?;
    if data.is_null() {
        return if failed { Ok(()) } else { Err("no data, and nothing failed".to_owned()) };
    }
    let root =
        if operation.query.trim_start().starts_with("mutation") { "Mutation" } else { "Query" };
    for (_, operation) in document.operations.iter() {
        let sets = [&operation.node.selection_set.node];
        object(types, &document, root, &sets, data).map_err(|it| format!("at the root: {it}"))?;
    }
    Ok(())
}

/// The fields that `sets` ask of an object of the type `name`: whether each must be there, and what.
fn fields<'a>(
    document: &'a ExecutableDocument,
    name: &str,
    set: &'a SelectionSet,
    sure: bool,
    found: &mut Vec<(bool, &'a Field)>,
) {
    for selection in &set.items {
        let sure = sure && selection.node.directives().is_empty();
        match &selection.node {
            Selection::Field(field) => found.push((sure, &field.node)),
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref().map(|it| it.node.on.node.as_str());
                let sure = sure && on.is_none_or(|it| it == name);
                fields(document, name, &fragment.node.selection_set.node, sure, found);
            }
            Selection::FragmentSpread(spread) => {
                let fragment = &document.fragments[&spread.node.fragment_name.node].node;
                let sure = sure && fragment.type_condition.node.on.node == name;
                fields(document, name, &fragment.selection_set.node, sure, found);
            }
        }
    }
}

fn object(
    types: &Types,
    document: &ExecutableDocument,
    name: &str,
    sets: &[&SelectionSet],
    data: &Value,
) -> Result<(), String> {
    let data = data.as_object().ok_or_else(|| format!("{name} is no object: {data}"))?;
    let mut asked = Vec::new();
    for set in sets {
        fields(document, name, set, true, &mut asked);
    }
    for (sure, field) in &asked {
        let key = key(field);
        if *sure && !data.contains_key(key) {
            return Err(format!("{name} lacks {key}"));
        }
    }
    for (key_there, value) in data {
        let same: Vec<_> = asked.iter().filter(|it| key(it.1) == key_there).collect();
        let Some((_, field)) = same.first() else {
            return Err(format!("{name} has {key_there}, which nobody asked for"));
        };
        let Some(ty) = types.field(name, &field.name.node) else { continue };
        let sets: Vec<_> = same.iter().map(|it| &it.1.selection_set.node).collect();
        typed(types, document, ty, &sets, value)
            .map_err(|it| format!("{name}.{key_there}: {it}"))?;
    }
    Ok(())
}

fn key(field: &Field) -> &str {
    field.alias.as_ref().unwrap_or(&field.name).node.as_str()
}

fn typed(
    types: &Types,
    document: &ExecutableDocument,
    ty: &Type,
    sets: &[&SelectionSet],
    value: &Value,
) -> Result<(), String> {
    if value.is_null() {
        return if ty.nullable { Ok(()) } else { Err(format!("null, and it is {ty}")) };
    }
    let name = match &ty.base {
        BaseType::List(of) => {
            let entries = value.as_array().ok_or_else(|| format!("no list: {value}"))?;
            return entries.iter().try_for_each(|it| typed(types, document, of, sets, it));
        }
        BaseType::Named(_) => named(ty),
    };
    match types.kind(&name) {
        Some(TypeKind::Object(_)) => object(types, document, &name, sets, value),
        Some(TypeKind::Enum(of)) => {
            let known = of.values.iter().any(|it| value == it.node.value.node.as_str());
            if known { Ok(()) } else { Err(format!("{name} has no {value}")) }
        }
        Some(TypeKind::Scalar) if name != "JSON" && (value.is_object() || value.is_array()) => {
            Err(format!("{name} is {value}"))
        }
        _ => Ok(()),
    }
}
