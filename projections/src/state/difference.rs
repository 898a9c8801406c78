//! What differs between two JSON values.
use serde::Serialize;
use serde_json::{Map, Value};

/// One place where two values differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where, as a JSON Pointer (RFC 6901); empty for the whole value.
    pub path: String,
    /// What stood there; nothing where something was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What stands there; nothing where something was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// Where `after` differs from `before`: the innermost places, in the order of their names. The
/// elements of two lists are compared place by place.
pub fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<Change> {
    let mut changes = Vec::new();
    compare(String::new(), before, after, &mut changes);
    changes
}

fn compare(path: String, before: Option<&Value>, after: Option<&Value>, to: &mut Vec<Change>) {
    match (before, after) {
        (one, other) if one == other => {}
        (Some(Value::Object(one)), Some(Value::Object(other))) => members(&path, one, other, to),
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            for index in 0..one.len().max(other.len()) {
                compare(format!("{path}/{index}"), one.get(index), other.get(index), to);
            }
        }
        _ => to.push(Change { path, before: before.cloned(), after: after.cloned() }),
    }
}

fn members(path: &str, one: &Map<String, Value>, other: &Map<String, Value>, to: &mut Vec<Change>) {
    let mut names: Vec<_> = one.keys().chain(other.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let inner = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
        compare(inner, one.get(name), other.get(name), to);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_innermost_places_are_told_with_what_stood_there_and_stands_there() {
        let before = json!({"a": {"b": 1, "gone": []}, "list": [1, 2, 3], "same": {"x": 0}});
        let after = json!({"a": {"b": 2, "n/w": null}, "list": [1, 5], "same": {"x": 0}});
        let found = changes(Some(&before), Some(&after));
        let found: Vec<_> =
            found.iter().map(|it| (&*it.path, it.before.clone(), it.after.clone())).collect();
        assert_eq!(
            found,
            [
                ("/a/b", Some(json!(1)), Some(json!(2))),
                ("/a/gone", Some(json!([])), None),
                ("/a/n~1w", None, Some(json!(null))),
                ("/list/1", Some(json!(2)), Some(json!(5))),
                ("/list/2", Some(json!(3)), None),
            ]
        );
        for change in changes(Some(&before), Some(&after)) {
            assert_eq!(before.pointer(&change.path), change.before.as_ref(), "RFC 6901");
            assert_eq!(after.pointer(&change.path), change.after.as_ref(), "RFC 6901");
        }
    }

    #[test]
    fn what_appears_or_goes_is_one_change_of_the_whole() {
        let it = json!({"a": 1});
        assert_eq!(changes(None, None), []);
        assert_eq!(changes(Some(&it), Some(&it)), []);
        let [added] = &*changes(None, Some(&it)) else { panic!("one change") };
        assert_eq!((&*added.path, &added.before, &added.after), ("", &None, &Some(it.clone())));
        let [removed] = &*changes(Some(&it), None) else { panic!("one change") };
        assert_eq!((&removed.before, &removed.after), (&Some(it), &None));
    }
}
