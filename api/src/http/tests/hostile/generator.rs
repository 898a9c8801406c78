//! Makes operations from the schema and a run of bytes, each of which is a choice. Where they end, the
//! choice is the plainest one: fewer bytes make a simpler operation, so that what fails can be shrunk.
use async_graphql::parser::types::{BaseType, Type, TypeKind};
use async_graphql::{Name as Word, Value as Written};
use serde_json::{Map, Value, json};

use crate::demo;
use crate::graphql::shape::Types;

/// An operation and its variables.
#[derive(Debug)]
pub struct Operation {
    pub query: String,
    pub variables: Value,
}

/// Values that fit hardly anywhere.
fn misfit(choice: usize) -> Written {
    let text = |it: &str| Written::String(it.to_owned());
    match choice {
        0 => Written::Null,
        1 => Written::from(-1),
        2 => Written::from(0),
        3 => Written::from(i64::MAX),
        4 => Written::from(3_000_000_000_i64),
        5 => Written::from(1e300),
        6 => text(""),
        7 => text(&"é".repeat(3_000)),
        8 => text("\u{0}\u{7f}\u{202e}"),
        9 => text("ⵜⵉⵡⵉⵣⵉ العربية 🏜️"),
        10 => text("'; DROP TABLE events; --"),
        11 => Written::List(Vec::new()),
        12 => Written::List(vec![Written::Null, Written::List(vec![Written::from(1)])]),
        13 => Written::Object([(Word::new("a"), Written::Null)].into_iter().collect()),
        14 => Written::Enum(Word::new("NO_SUCH_VALUE")),
        15 => text("00000000-0000-4000-8000-000000000000"),
        16 => text("9999-12-31"),
        17 => text("-9999-01-01T00:00:00Z"),
        18 => text("{\"deep\":[[[[]]]]}"),
        _ => Written::Boolean(true),
    }
}
const MISFITS: usize = 20;

/// What texts of the demonstration are like, by the scalar.
fn fitting(scalar: &str, choice: usize) -> Written {
    let one = |of: &[&str]| Written::String(of[choice % of.len()].to_owned());
    let things =
        ["actor/region-souss-massa", "intervention/terrain-belfaa", "envelope/prim-souss-massa"];
    match scalar {
        "Int" => Written::from(1 + choice % 100),
        "SafeInt" | "Position" => Written::from(choice),
        "Float" => Written::from(0.5),
        "Boolean" => Written::Boolean(choice.is_multiple_of(2)),
        "UUID" | "ID" => {
            let id: uuid::Uuid = demo::id(things[choice % things.len()]);
            Written::String(id.to_string())
        }
        "Date" => one(&["2025-10-01", "2018-02-28", "2025-02-30"]),
        "DateTime" => one(&["2021-01-01T00:00:00Z", "2030-01-01T00:00:00+01:00"]),
        "Effective" => one(&["2018", "2020-01", "2020-05-01", "unknown"]),
        "TerritoryId" => one(&["region-souss-massa", "commune-belfaa", "lune"]),
        "SectorCode" | "ThemeCode" => one(&["15190", "15110", "999"]),
        "GoalCode" => one(&["10", "10.7", "18"]),
        "Country" => one(&["MA", "FR", "ma"]),
        "Hash" => one(&["", "ff"]),
        _ => one(&["PRIM", "Belfaâ", "terrain de sport", "a", " "]),
    }
}

/// The making of one operation.
pub struct Generator<'a> {
    types: &'a Types,
    choices: std::slice::Iter<'a, u8>,
    variables: Vec<String>,
    values: Map<String, Value>,
    fragments: Vec<(String, String)>,
    aliases: usize,
}

impl<'a> Generator<'a> {
    pub fn new(types: &'a Types, choices: &'a [u8]) -> Self {
        let (variables, values, fragments) = (Vec::new(), Map::new(), Vec::new());
        Self { types, choices: choices.iter(), variables, values, fragments, aliases: 0 }
    }

    /// One of the first `count` numbers.
    fn choose(&mut self, count: usize) -> usize {
        let first = usize::from(self.choices.next().copied().unwrap_or(0));
        let second = if count > 256 { self.choices.next().copied().unwrap_or(0) } else { 0 };
        (first + 256 * usize::from(second)) % count.max(1)
    }

    /// Rarely true: once in `times`.
    fn seldom(&mut self, times: usize) -> bool {
        self.choose(times) == times - 1
    }

    pub fn operation(mut self) -> Operation {
        let (kind, root) =
            if self.seldom(6) { ("mutation", "Mutation") } else { ("query", "Query") };
        let depth = if self.seldom(30) { 40 } else { 2 + self.choose(5) };
        let set = self.set(root, depth);
        let variables = match self.variables.as_slice() {
            [] => String::new(),
            all => format!("({})", all.join(", ")),
        };
        let mut query = format!("{kind} It{variables} {set}");
        for (_, fragment) in &self.fragments {
            query.push_str(fragment);
        }
        Operation { query, variables: Value::Object(self.values) }
    }

    /// Selections on `name`.
    fn set(&mut self, name: &str, depth: usize) -> String {
        let count = if self.seldom(60) { 150 } else { 1 + self.choose(4) };
        let selections: Vec<String> = (0..count).map(|_| self.selection(name, depth)).collect();
        format!("{{ {} }}", selections.join(" "))
    }

    fn selection(&mut self, name: &str, depth: usize) -> String {
        let directives = self.directives();
        match self.choose(24) {
            20 => "__typename".to_owned(),
            21 => format!("nothing{directives}"),
            22 => {
                let on = self.condition(name);
                let set = self.set(&on, depth.saturating_sub(1));
                format!("... on {on}{directives} {set}")
            }
            23 => format!("...{}{directives}", self.fragment(name, depth)),
            _ => self.field(name, depth, &directives),
        }
    }

    /// A type on which a fragment within `name` is: mostly the same, or one of its members.
    fn condition(&mut self, name: &str) -> String {
        if self.seldom(8) {
            return ["Actor", "Nothing", "Int", "Query"][self.choose(4)].to_owned();
        }
        match self.types.kind(name) {
            Some(TypeKind::Union(union)) => {
                let at = self.choose(union.members.len());
                union.members[at].node.to_string()
            }
            _ => name.to_owned(),
        }
    }

    /// The name of a fragment: a new one, one that there is, which may be a circle, or none.
    fn fragment(&mut self, name: &str, depth: usize) -> String {
        if self.seldom(12) {
            return "Nothing".to_owned();
        }
        let known = self.fragments.len();
        if known > 0 && self.seldom(3) {
            let at = self.choose(known);
            return self.fragments[at].0.clone();
        }
        let own = format!("F{known}");
        self.fragments.push((own.clone(), String::new()));
        let on = self.condition(name);
        let set = self.set(&on, depth.saturating_sub(1));
        self.fragments[known].1 = format!(" fragment {own} on {on} {set}");
        own
    }

    fn field(&mut self, name: &str, depth: usize, directives: &str) -> String {
        let types = self.types;
        let fields = match types.kind(name) {
            Some(TypeKind::Object(object)) => object.fields.as_slice(),
            Some(TypeKind::Interface(interface)) => interface.fields.as_slice(),
            _ => return "__typename".to_owned(),
        };
        // At the bottom, whatever needs no selections of its own.
        let leaf = |ty: &Type| !types.is_composite(&named(ty));
        let fit: Vec<_> = fields.iter().filter(|it| depth > 0 || leaf(&it.node.ty.node)).collect();
        if fit.is_empty() {
            return "__typename".to_owned();
        }
        let field = &fit[self.choose(fit.len())].node;
        let mut arguments = Vec::new();
        for argument in &field.arguments {
            let argument = &argument.node;
            let needed = !argument.ty.node.nullable && argument.default_value.is_none();
            if needed && !self.seldom(30) || self.seldom(3) {
                let value = self.value(&argument.ty.node);
                arguments.push(format!("{}: {value}", argument.name.node));
            }
        }
        let mut out = String::new();
        if self.seldom(3) {
            self.aliases += 1;
            out = format!("a{}: ", self.aliases % 40);
        }
        out.push_str(&field.name.node);
        if !arguments.is_empty() {
            out.extend(["(", &arguments.join(", "), ")"]);
        }
        out.push_str(directives);
        let of = named(&field.ty.node);
        if types.is_composite(&of) != self.seldom(50) {
            out.push(' ');
            out.push_str(&self.set(&of, depth.saturating_sub(1)));
        }
        out
    }

    fn directives(&mut self) -> String {
        if !self.seldom(10) {
            return String::new();
        }
        let one = [
            " @skip(if: true)",
            " @include(if: true)",
            " @include(if: false)",
            " @skip",
            " @skip(if: 1)",
            " @live",
            " @deprecated",
            " @oneOf",
        ][self.choose(8)];
        one.repeat(if self.seldom(4) { 1 + self.choose(12) } else { 1 })
    }

    /// A value for an argument of the type `ty`, or a variable that has one.
    fn value(&mut self, ty: &Type) -> String {
        if !self.seldom(5) {
            return self.constant(ty, 4).to_string();
        }
        let name = format!("v{}", self.variables.len());
        let declared = if self.seldom(6) { "String".to_owned() } else { ty.to_string() };
        self.variables.push(format!("${name}: {declared}"));
        if !self.seldom(6) {
            let value = self.constant(ty, 4);
            self.values.insert(name.clone(), value.into_json().unwrap_or(json!(null)));
        }
        format!("${name}")
    }

    fn constant(&mut self, ty: &Type, depth: usize) -> Written {
        if self.seldom(12) {
            return misfit(self.choose(MISFITS));
        }
        if ty.nullable && self.seldom(10) {
            return Written::Null;
        }
        let name = match &ty.base {
            BaseType::List(of) => {
                let count = self.choose(3);
                return Written::List((0..count).map(|_| self.constant(of, depth)).collect());
            }
            BaseType::Named(name) => name,
        };
        let types = self.types;
        match types.kind(name) {
            Some(TypeKind::Enum(of)) => {
                let at = self.choose(of.values.len());
                Written::Enum(of.values[at].node.value.node.clone())
            }
            Some(TypeKind::InputObject(of)) => {
                let (mut fields, only) = (Vec::new(), self.choose(of.fields.len()));
                let one_of = types.is_one_of(name);
                for (at, field) in of.fields.iter().enumerate() {
                    let field = &field.node;
                    let needed = !field.ty.node.nullable && field.default_value.is_none();
                    let wanted = if one_of { at == only } else { needed || self.seldom(4) };
                    if wanted && depth > 0 {
                        let value = self.constant(&field.ty.node, depth - 1);
                        fields.push((field.name.node.clone(), value));
                    }
                }
                Written::Object(fields.into_iter().collect())
            }
            _ => fitting(name, self.choose(400)),
        }
    }
}

/// The name of what a type is made of.
pub fn named(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(of) => named(of),
    }
}
