//! The house rules that a machine can see, over every file of the tree.
//!
//! Each rule is a function of text, proven here to refuse what it is for.
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// The longest source file, in lines.
const FILE_LINES_MAX: usize = 450;
/// The crates. Another folder with a manifest is a fault.
const CRATES: [&str; 5] = ["api", "domain", "infra", "projections", "tests"];
/// The fuzzer's targets are no member of the workspace: what they link with needs unsafe code.
const FUZZER: &str = "tests/fuzz/Cargo.toml";
/// What the fuzzer reads by its folder, and leaves there.
const FUZZED: [&str; 3] = ["tests/fuzz/Cargo.lock", "tests/fuzz/artifacts/", "tests/fuzz/corpus/"];
/// Written in two halves, so that this file may be looked at too.
const UNFINISHED: [&str; 4] =
    [concat!("to", "do!"), concat!("unimple", "mented!"), concat!("FIX", "ME"), concat!("X", "XX")];
const UNTESTED: [&str; 2] = [concat!("#[ig", "nore"), concat!("should_", "panic")];
const MACHINE_PATHS: [&str; 3] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/")];

/// One text file: its path from the root with forward slashes, and what it holds.
struct File {
    path: String,
    text: String,
}

impl File {
    fn is_rust(&self) -> bool {
        has_extension(&self.path, "rs")
    }

    fn is_manifest(&self) -> bool {
        self.path.ends_with("/Cargo.toml")
    }
}

#[test]
fn the_tree_keeps_the_house_rules() {
    let tree = tree(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))).expect("it is readable");
    assert!(tree.iter().filter(|it| it.is_rust()).count() > 20, "the walk found the sources");
    let mut faults = unreferenced(&tree);
    for file in &tree {
        faults.extend(machine_paths(file));
        if file.is_rust() {
            faults.extend(too_long(file));
            faults.extend(left_undone(file));
            faults.extend(unexplained_suppressions(file));
            faults.extend(out_of_order(file));
        }
        if file.is_manifest() && file.path != FUZZER {
            faults.extend(lints_of_its_own(file));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn too_long(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    (lines > FILE_LINES_MAX)
        .then(|| format!("{}: {lines} lines, at most {FILE_LINES_MAX}: split it", file.path))
}

fn left_undone(file: &File) -> Vec<String> {
    let words = UNFINISHED.iter().chain(&UNTESTED);
    words.flat_map(|word| places(file, word, |_, _| true)).collect()
}

/// A path that exists on one machine only. `example.org/ho…` and `a/wo…` are other things.
fn machine_paths(file: &File) -> Vec<String> {
    let starts = |before: Option<char>, _: &str| {
        before.is_none_or(|it| !it.is_alphanumeric() && !"._-}>/*".contains(it))
    };
    MACHINE_PATHS.iter().flat_map(|path| places(file, path, starts)).collect()
}

/// `allow` and `expect` alike: whoever silences a lint says why.
fn unexplained_suppressions(file: &File) -> Vec<String> {
    let silent = |_: Option<char>, rest: &str| !until(rest, ")]").contains("reason = \"");
    [concat!("[al", "low("), concat!("[ex", "pect(")]
        .iter()
        .flat_map(|it| places(file, it, silent))
        .collect()
}

/// An object of the contract whose fields are begun at once: they would come in any order, and later.
fn out_of_order(file: &File) -> Vec<String> {
    if !file.path.starts_with("api/src/") {
        return Vec::new();
    }
    let object = |_: Option<char>, rest: &str| !until(rest, "]").contains("serial");
    let simple = |_: Option<char>, rest: &str| {
        until(rest, ")]").contains("SimpleObject") && !until(rest, "struct ").contains("serial")
    };
    let mut faults = places(file, "[Object", object);
    faults.extend(places(file, "[derive(", simple));
    faults
}

fn lints_of_its_own(manifest: &File) -> Option<String> {
    let known = CRATES.iter().any(|it| manifest.path == format!("{it}/Cargo.toml"));
    let lines: Vec<&str> = manifest.text.lines().map(str::trim).collect();
    let inherits = lines.windows(2).any(|two| two == ["[lints]", "workspace = true"]);
    (!known || !inherits).then(|| {
        format!("{}: a crate of the workspace inherits the workspace's lints", manifest.path)
    })
}

/// What of `text` comes before `end`.
fn until<'a>(text: &'a str, end: &str) -> &'a str {
    text.split_once(end).map_or(text, |(before, _)| before)
}

/// Every place of `word` that `counts`, by the character before it and the text after its start.
fn places(file: &File, word: &str, counts: fn(Option<char>, &str) -> bool) -> Vec<String> {
    file.text
        .match_indices(word)
        .filter(|(at, _)| counts(file.text[..*at].chars().next_back(), &file.text[*at..]))
        .map(|(at, _)| {
            let line = file.text[..at].matches('\n').count() + 1;
            format!("{}:{line}: {word}", file.path)
        })
        .collect()
}

/// Sources that no module names, and files of a `tests` folder that nothing names.
fn unreferenced(tree: &[File]) -> Vec<String> {
    let mut modules = BTreeSet::new();
    let mut spoken_of = String::new();
    for file in tree {
        if file.is_rust() {
            modules.extend(declared_modules(file));
        }
        if file.is_rust() || !file.path.contains('/') || file.is_manifest() {
            spoken_of.push_str(&file.text);
        }
    }
    tree.iter()
        .filter(|file| {
            if file.is_rust() {
                !is_root(file, tree) && !modules.contains(&file.path)
            } else {
                let name = file.path.rsplit('/').next().unwrap_or(&file.path);
                let in_tests = file.path.split('/').any(|folder| folder == "tests");
                in_tests
                    && !file.is_manifest()
                    && !FUZZED.iter().any(|it| file.path.starts_with(it))
                    && !is_kept_by_insta(name)
                    && !spoken_of.contains(name)
            }
        })
        .map(|file| format!("{}: nothing names it", file.path))
        .collect()
}

/// Where the modules that `file` declares may live: `mod part;` in `noun.rs` is `noun/part.rs` or
/// `noun/part/mod.rs`; in a root file the part stands beside it.
fn declared_modules(file: &File) -> Vec<String> {
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    let stem = name.trim_end_matches(".rs");
    let declared = |line: &str| {
        let line = line.trim().trim_end_matches(';');
        let (before, module) = line.rsplit_once(' ')?;
        (before == "mod" || before.ends_with(" mod")).then(|| module.to_owned())
    };
    let lines = file.text.lines().filter(|line| line.trim_end().ends_with(';'));
    let placed = file.text.lines().filter_map(|line| {
        let path = line.trim().strip_prefix("#[path = \"")?.strip_suffix("\"]")?;
        Some(beside(folder, path))
    });
    lines
        .filter_map(declared)
        .flat_map(|module| {
            [folder.to_owned(), format!("{folder}/{stem}")].map(|within| {
                [format!("{within}/{module}.rs"), format!("{within}/{module}/mod.rs")]
            })
        })
        .flatten()
        .chain(placed)
        .collect()
}

/// `../part.rs` as seen from `folder`.
fn beside(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A file that cargo compiles by itself: found by its place, or named in a manifest.
fn is_root(file: &File, tree: &[File]) -> bool {
    let rest = file.path.split_once('/').map_or(&*file.path, |it| it.1);
    let by_place = ["src/lib.rs", "src/main.rs", "build.rs"].contains(&rest)
        || rest.strip_prefix("tests/").is_some_and(|it| {
            !it.contains('/') || (it.ends_with("/main.rs") && it.matches('/').count() == 1)
        });
    let named = |it: &File| {
        let within = it.path.strip_suffix("Cargo.toml").filter(|_| it.is_manifest());
        let rest = within.and_then(|folder| file.path.strip_prefix(folder));
        rest.is_some_and(|rest| it.text.contains(&format!("path = \"{rest}\"")))
    };
    by_place || tree.iter().any(named)
}

fn is_kept_by_insta(name: &str) -> bool {
    has_extension(name, "snap")
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == extension)
}

/// The text files of the root and of every folder that is a crate, without what is built or run.
fn tree(root: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_crate = entry.path().join("Cargo.toml").is_file() || name == ".ci";
        if is_crate || entry.file_type()?.is_file() {
            collect(&entry.path(), &name, &mut files)?;
        }
    }
    Ok(files)
}

fn collect(at: &Path, path: &str, files: &mut Vec<File>) -> io::Result<()> {
    if at.is_dir() {
        for entry in fs::read_dir(at)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !["target", "node_modules"].contains(&&*name) && !name.starts_with('.') {
                collect(&entry.path(), &format!("{path}/{name}"), files)?;
            }
        }
    } else if let Ok(text) = String::from_utf8(fs::read(at)?) {
        files.push(File { path: path.to_owned(), text });
    }
    Ok(())
}

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn a_file_past_the_limit_is_found() {
    let lines = |count: usize| file("domain/src/long.rs", &"// why\n".repeat(count));
    assert_eq!(too_long(&lines(FILE_LINES_MAX)), None);
    assert!(too_long(&lines(FILE_LINES_MAX + 1)).is_some_and(|it| it.contains("451 lines")));
}

#[test]
fn what_was_left_undone_is_found_with_its_line() {
    for word in UNFINISHED.iter().chain(&UNTESTED) {
        let faults = left_undone(&file("api/src/late.rs", &format!("fn f() {{\n    {word}\n}}\n")));
        assert_eq!(faults, [format!("api/src/late.rs:2: {word}")]);
    }
    assert!(
        left_undone(&file("api/src/done.rs", "/// What is left to do.\nfn f() {}\n")).is_empty()
    );
}

#[test]
fn a_path_of_one_machine_is_found_and_an_address_is_not() {
    for path in MACHINE_PATHS {
        assert_eq!(machine_paths(&file("README.md", &format!("see {path}me"))).len(), 1, "{path}");
        assert_eq!(machine_paths(&file("README.md", &format!("\"{path}me\""))).len(), 1, "{path}");
        let address = format!("https://example.org{path}index");
        assert!(machine_paths(&file("README.md", &address)).is_empty(), "{path}");
    }
}

#[test]
fn a_lint_is_silenced_only_with_a_reason() {
    for how in ["allow", "expect"] {
        let bare = format!("#[{how}(dead_code)]\nfn f() {{}}\n// reason = \"\"");
        assert_eq!(unexplained_suppressions(&file("a.rs", &bare)).len(), 1, "{bare}");
        let whole = format!("#![{how}(dead_code)]\n");
        assert_eq!(unexplained_suppressions(&file("a.rs", &whole)).len(), 1, "{whole}");
        let told = format!("#[{how}(\n    dead_code,\n    reason = \"read by tests\"\n)]\n");
        assert!(unexplained_suppressions(&file("a.rs", &told)).is_empty(), "{told}");
    }
}

#[test]
fn an_object_of_the_contract_is_told_in_order() {
    for wrong in [
        "#[Object]\nimpl Query {}",
        "#[Object(name = \"Query\")]\nimpl Query {}",
        "#[derive(Clone, SimpleObject)]\n#[graphql(name = \"Page\")]\nstruct Page {\n    serial: u8\n}",
    ] {
        assert_eq!(out_of_order(&file("api/src/page.rs", wrong)).len(), 1, "{wrong}");
        assert!(out_of_order(&file("tests/benches/page.rs", wrong)).is_empty(), "{wrong}");
    }
    for right in [
        "#[Object(serial, name = \"Page\")]\nimpl Query {}",
        "#[derive(SimpleObject)]\n#[graphql(serial)]\npub struct Page;",
        "#[derive(Clone, InputObject)]\nstruct Page;",
    ] {
        assert!(out_of_order(&file("api/src/page.rs", right)).is_empty(), "{right}");
    }
}

#[test]
fn a_crate_inherits_the_lints_and_is_one_of_those_known() {
    let inherited = "[package]\n\n[lints]\nworkspace = true\n";
    assert_eq!(lints_of_its_own(&file("domain/Cargo.toml", inherited)), None);
    assert!(lints_of_its_own(&file("helpers/Cargo.toml", inherited)).is_some());
    let own = "[package]\n\n[lints.clippy]\nall = \"allow\"\n";
    assert!(lints_of_its_own(&file("domain/Cargo.toml", own)).is_some());
}

#[test]
fn a_file_that_nothing_names_is_found() {
    let mut tree = vec![
        file("tests/Cargo.toml", "[[test]]\npath = \"acceptance/main.rs\"\n"),
        file("tests/acceptance/main.rs", "mod world;\npub(crate) mod answers;\n"),
        file(
            "tests/acceptance/world.rs",
            "mod server;\nfn f() { include_str!(\"../seed.json\"); }\n",
        ),
        file("tests/acceptance/world/server.rs", ""),
        file("tests/acceptance/answers/mod.rs", "use super::lost;\n"),
        file("tests/seed.json", "{}"),
        file("domain/src/lib.rs", ""),
        file("infra/tests/ledger/main.rs", "#[path = \"../postgres/mod.rs\"]\nmod postgres;\n"),
        file("infra/tests/postgres/mod.rs", ""),
    ];
    tree.push(file("tests/fuzz/Cargo.toml", "[[bin]]\npath = \"targets/note.rs\"\n"));
    tree.push(file("tests/fuzz/targets/note.rs", ""));
    tree.push(file("tests/fuzz/corpus/note/a-find", ""));
    assert_eq!(unreferenced(&tree), Vec::<String>::new());
    for lost in [
        "tests/fuzz/targets/lost.rs",
        "tests/acceptance/lost.rs",
        "tests/lost.json",
        "domain/src/lost.rs",
    ] {
        tree.push(file(lost, ""));
        assert_eq!(unreferenced(&tree), [format!("{lost}: nothing names it")]);
        tree.pop();
    }
}
