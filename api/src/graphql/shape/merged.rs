//! Documents as clients of today write them, a fragment for each part of a page, made plain.
//!
//! A fragment on the type that it stands in changes nothing but where a selection is written down, and a field
//! that two of them ask for is told once (GraphQL, §6.3.2). Both are settled here, once for all requests of a
//! document; to gather them anew for each object of each answer took longer than to tell it. Only here is it
//! seen that two fields that come together are not the same.
use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, FragmentDefinition, Selection};
use async_graphql::{Name, Positioned};

use super::{Types, operations_mut, root, within_mut};
use crate::graphql::admission::Conflict;

type Selections = Vec<Positioned<Selection>>;
type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

impl Types {
    /// `document` with the selections of its operations brought together: where a fragment
    /// stands in a type that has all it asks for, what it asks for; and each field once. What has a directive
    /// stays as it is, and so does a fragment on one of the several types that something may have.
    pub fn merged(&self, document: &ExecutableDocument) -> Result<ExecutableDocument, Conflict> {
        let mut merged = document.clone();
        for operation in operations_mut(&mut merged) {
            let items = &mut operation.selection_set.node.items;
            self.merge(&Name::new(root(operation.ty)), items, &document.fragments)?;
        }
        Ok(merged)
    }

    fn merge(
        &self,
        of: &Name,
        items: &mut Selections,
        fragments: &Fragments,
    ) -> Result<(), Conflict> {
        let mut merged = Merged::default();
        merged.add(self, of, std::mem::take(items), fragments)?;
        *items = merged.items;
        for selection in items {
            if let Some(of) = self.asked_of(of, &selection.node)
                && let Some(set) = within_mut(&mut selection.node)
            {
                self.merge(&of, &mut set.items, fragments)?;
            }
        }
        Ok(())
    }
}

/// The selections of one type, brought together.
#[derive(Default)]
struct Merged {
    items: Selections,
    /// Where the fields among them are, by what they are called in the answer.
    places: HashMap<Name, usize>,
}

impl Merged {
    fn add(
        &mut self,
        types: &Types,
        of: &Name,
        items: Selections,
        fragments: &Fragments,
    ) -> Result<(), Conflict> {
        for selection in items {
            match selection.node {
                Selection::Field(field) if field.node.directives.is_empty() => {
                    let key = field.node.response_key().node.clone();
                    let same = self.places.get(&key).map(|place| &mut self.items[*place].node);
                    if let Some(Selection::Field(same)) = same {
                        if !are_alike(&same.node, &field.node) {
                            return Err(Conflict { name: key, at: [same.pos, field.pos] });
                        }
                        let items = &mut same.node.selection_set.node.items;
                        items.extend(field.node.selection_set.node.items);
                    } else {
                        self.places.insert(key, self.items.len());
                        let field = Selection::Field(field);
                        self.items.push(Positioned::new(field, selection.pos));
                    }
                }
                Selection::InlineFragment(it) if it.node.directives.is_empty() => {
                    let on = it.node.type_condition.as_ref().map(|it| &it.node.on.node);
                    if on.is_none_or(|on| types.is_on(of, on)) {
                        self.add(types, of, it.node.selection_set.node.items, fragments)?;
                    } else {
                        let it = Selection::InlineFragment(it);
                        self.items.push(Positioned::new(it, selection.pos));
                    }
                }
                Selection::FragmentSpread(it) if it.node.directives.is_empty() => {
                    let fragment = fragments.get(&it.node.fragment_name.node).map(|it| &it.node);
                    let whole = fragment.filter(|fragment| {
                        fragment.directives.is_empty()
                            && types.is_on(of, &fragment.type_condition.node.on.node)
                    });
                    if let Some(fragment) = whole {
                        let items = fragment.selection_set.node.items.clone();
                        self.add(types, of, items, fragments)?;
                    } else {
                        let it = Selection::FragmentSpread(it);
                        self.items.push(Positioned::new(it, selection.pos));
                    }
                }
                other => self.items.push(Positioned::new(other, selection.pos)),
            }
        }
        Ok(())
    }
}

/// Whether two fields of one name in an answer ask the same of an object (GraphQL, §5.3.2).
fn are_alike(one: &Field, other: &Field) -> bool {
    let given = |name, value: &_| other.get_argument(name).is_some_and(|it| it.node == *value);
    one.name.node == other.name.node
        && one.arguments.len() == other.arguments.len()
        && one.arguments.iter().all(|(name, value)| given(&name.node, &value.node))
}
