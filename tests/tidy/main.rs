//! Holds the source to the rules of its design. Each rule says why it is there; an exception says why it is one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![expect(clippy::expect_used, reason = "a test that cannot read the source must fail")]

#[path = "../promises/mod.rs"]
mod promises;
mod source;

use std::{
    fs,
    path::{Path, PathBuf},
};

use source::Source;

/// The layers from the ground up; each knows only those below it.
const LAYERS: [&str; 7] = ["model", "analysis", "file", "exchange", "session", "ui", "cli"];

/// Something that some part of the source may not name.
struct Rule {
    /// Where it holds: paths that begin with one of these.
    within: &'static [&'static str],
    /// Paths that may not be named there, with all that lies below them. `…::` stands for anything before.
    never: &'static [&'static str],
    /// Files that may, each with its reason.
    except: &'static [(&'static str, &'static str)],
    /// Why, as the end of a sentence that begins with the path.
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        within: &["src/model", "src/analysis"],
        never: &["egui", "eframe", "egui_extras", "rfd", "image"],
        except: &[],
        why: "draws: what a workspace is and what follows from it must be computable without a window",
    },
    Rule {
        within: &["src/model", "src/analysis"],
        never: &[
            "std::fs",
            "std::io",
            "std::env",
            "std::process",
            "std::net",
            "std::os",
            "directories",
            "…::File",
        ],
        except: &[],
        why: "touches the machine: the same workspace must give the same answer everywhere; pass in what is needed",
    },
    Rule {
        within: &["src/model", "src/analysis"],
        never: &[
            "std::time",
            "…::Instant",
            "…::SystemTime",
            "jiff::Timestamp",
            "jiff::Zoned",
            "jiff::tz",
            "…::Zoned::now",
            "…::Timestamp::now",
        ],
        except: &[(
            "src/model/trail",
            "a step of the trail bears the moment it was made at, which the session hands in; no figure rests on it",
        )],
        why: "reads the clock: a figure must not depend on when it is computed; pass the date in",
    },
    Rule {
        within: &["src/model", "src/analysis"],
        never: &["std::thread", "std::sync::mpsc", "rayon::ThreadPoolBuilder", "rayon::spawn"],
        except: &[],
        why: "starts threads: the session decides what runs where; parallel iterators over fixed chunks are enough",
    },
    Rule {
        within: &["src/model", "src/analysis"],
        never: &["getrandom", "rand::rng", "rand::random", "rand::thread_rng", "…::from_os_rng"],
        except: &[],
        why: "draws from chance that cannot be repeated: use analysis/random.rs with the workspace's seed",
    },
    Rule {
        within: &["src"],
        never: &[
            "…::fs::write",
            "…::fs::rename",
            "…::fs::copy",
            "…::fs::hard_link",
            "…::fs::remove_file",
            "…::fs::remove_dir_all",
            "…::fs::OpenOptions",
            "…::OpenOptions::new",
            "…::File::create",
            "…::File::create_new",
            "…::File::options",
        ],
        except: &[
            ("src/file/", "the one layer that writes workspaces; everything else asks it"),
            ("src/cli/tables.rs", "writes the tables that were asked for; no workspace is written there"),
        ],
        why: "writes to the disk: only file/ may, so that nothing is ever half written",
    },
    Rule {
        within: &["src"],
        never: &["std::net", "reqwest", "ureq", "hyper", "curl", "tokio", "async_std"],
        except: &[],
        why: "reaches for the network: the program is for people who must be able to work without one",
    },
    Rule {
        within: &["src"],
        never: &[
            "…::Color32::from_*",
            "…::Color32::A-Z",
            "…::Rgba::from_*",
            "…::Hsva::new",
            "…::FontId::new",
            "…::FontId::proportional",
            "…::FontId::monospace",
        ],
        except: &[
            ("src/ui/theme.rs", "the one place for colours and sizes"),
            ("src/ui/icons.rs", "chooses the icon font; the size comes from its caller"),
            ("src/ui/widgets/badge.rs", "a badge's letter is as large as its badge asks"),
        ],
        why: "sets a colour or a size of type: those live in ui/theme.rs, where light, dark and contrast are settled",
    },
];

/// Colours that stand for no colour at all.
const NO_COLOUR: [&str; 2] = ["TRANSPARENT", "PLACEHOLDER"];

/// Names of files that say nothing of what is in them.
const EMPTY_NAMES: [&str; 7] = ["utils", "util", "helpers", "helper", "manager", "misc", "common"];

const LONGEST_FILE: usize = 600;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the repository below `folder` with one of these endings, by its path from the root.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, PathBuf)> {
    fn visit(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && name != ".git" {
                    visit(&path, endings, found);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    visit(&root().join(folder), endings, &mut found);
    found.sort();
    let short = |path: &Path| {
        let path = path.strip_prefix(root()).unwrap_or(path);
        path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    found.into_iter().map(|path| (short(&path), path)).collect()
}

/// The files of source below a folder, those that hold only tests left out.
fn sources(folder: &str) -> Vec<Source> {
    let all: Vec<Source> = files(folder, &[".rs"])
        .into_iter()
        .map(|(short, path)| Source::new(&short, &fs::read_to_string(path).expect("source is text")))
        .collect();
    let tests: Vec<String> = all.iter().flat_map(test_modules).collect();
    all.into_iter().filter(|source| !tests.contains(&source.path)).collect()
}

/// The files of modules that are declared for tests only.
fn test_modules(source: &Source) -> Vec<String> {
    let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    let folder = match file.trim_end_matches(".rs") {
        "mod" | "lib" | "main" => folder.to_owned(),
        stem => format!("{folder}/{stem}"),
    };
    let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
    lines
        .windows(2)
        .filter(|pair| pair[0] == "#[cfg(test)]")
        .filter_map(|pair| pair[1].strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| name))
        .flat_map(|name| [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")])
        .collect()
}

/// Fails with every breach, one a line.
fn no_breach(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

/// Whether a path names something that may not be named; see [`Rule::never`].
fn names(path: &str, never: &str) -> bool {
    let steps: Vec<&str> = path.split("::").collect();
    let (anywhere, never) = match never.strip_prefix("…::") {
        Some(never) => (true, never),
        None => (false, never),
    };
    let never: Vec<&str> = never.split("::").collect();
    let same = |step: &str, never: &str| match never {
        "A-Z" => step.starts_with(|c: char| c.is_ascii_uppercase()) && !NO_COLOUR.contains(&step),
        never => never.strip_suffix('*').map_or(step == never, |head| step.starts_with(head)),
    };
    let here = |from: &[&str]| never.len() <= from.len() && never.iter().zip(from).all(|(n, s)| same(s, n));
    if anywhere { (0..steps.len()).any(|at| here(&steps[at..])) } else { here(&steps) }
}

#[test]
fn each_part_of_the_source_names_only_what_it_may() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        let paths = source.paths();
        for rule in RULES.iter().filter(|rule| rule.within.iter().any(|part| source.path.starts_with(part))) {
            if rule.except.iter().any(|(file, _)| source.path.starts_with(file)) {
                continue;
            }
            for (line, path) in &paths {
                if rule.never.iter().any(|never| names(path, never)) {
                    breaches.push(format!("{}:{line}: {path} {}", source.path, rule.why));
                }
            }
        }
    }
    no_breach(&breaches);
}

#[test]
fn each_layer_knows_only_those_below_it() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        let name = source.path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("");
        let Some(layer) = LAYERS.iter().position(|known| *known == name) else { continue };
        for (line, path) in source.paths() {
            let above = &LAYERS[layer + 1..];
            let mut steps = path.split("::");
            if matches!(steps.next(), Some("crate" | "evenhand"))
                && steps.next().is_some_and(|other| above.contains(&other))
            {
                breaches.push(format!(
                    "{}:{line}: {path} is in a layer above {name}: what is below must stand without what is above, \
                     or neither can be read or tested alone",
                    source.path
                ));
            }
        }
    }
    no_breach(&breaches);
}

#[test]
fn views_never_hold_the_workspace_to_change_it() {
    let mut breaches = Vec::new();
    for source in sources("src/ui") {
        for (line, text) in source.code.lines().enumerate() {
            // The type of what an edit will do holds nothing.
            let held = text.replace("FnOnce(&mut Workspace", "").replace("fn(&mut Workspace", "");
            if held.contains("mut Workspace") {
                breaches.push(format!(
                    "{}:{}: a view changes the workspace through an edit of the session and in no other way, or the \
                     change has no name, no undo and no check",
                    source.path,
                    line + 1
                ));
            }
        }
    }
    no_breach(&breaches);
}

#[test]
fn sizes_of_type_come_from_the_theme() {
    let mut breaches = Vec::new();
    for source in sources("src/ui").iter().filter(|s| !s.path.starts_with("src/ui/theme")) {
        for (line, text) in source.code.lines().enumerate() {
            let set = text.split(".size(").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            if set {
                breaches.push(format!(
                    "{}:{}: a size of type is written here: take a role of ui/theme.rs, so that the page keeps one scale",
                    source.path,
                    line + 1
                ));
            }
        }
    }
    no_breach(&breaches);
}

#[test]
fn nothing_panics_but_what_cannot_happen() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        let lines: Vec<&str> = source.text.lines().collect();
        for call in [".unwrap()", ".expect(", "panic!(", "unreachable!(", ".unwrap_err()", ".expect_err("] {
            for line in source.lines_with(call) {
                let said =
                    lines[line.saturating_sub(2)..line].iter().any(|text| text.contains("// invariant"));
                if !said {
                    breaches.push(format!(
                        "{}:{line}: {call} can end the program with work unsaved: return the error, or say in \
                         “// invariant: …” on this line or the one before why it cannot happen",
                        source.path
                    ));
                }
            }
        }
    }
    no_breach(&breaches);
}

#[test]
fn nothing_is_left_half_done() {
    let mut breaches = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (path, full) in files(folder, &[".rs"]) {
            let text = fs::read_to_string(full).expect("source is text");
            for mark in [
                concat!("to", "do!"),
                concat!("unimplemented", "!"),
                concat!("FIX", "ME"),
                concat!("TO", "DO"),
            ] {
                for (line, _) in text.lines().enumerate().filter(|(_, line)| line.contains(mark)) {
                    breaches.push(format!("{path}:{}: {mark}: finish it, or write an issue", line + 1));
                }
            }
            let ignored = concat!("#[ign", "ore");
            for (line, _) in text.lines().enumerate().filter(|(_, line)| line.contains(ignored)) {
                breaches
                    .push(format!("{path}:{}: {ignored}: a test that never runs proves nothing", line + 1));
            }
        }
    }
    no_breach(&breaches);
}

#[test]
fn files_are_short_enough_to_be_read_and_named_for_what_is_in_them() {
    let mut breaches = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (path, full) in files(folder, &[".rs"]) {
            let lines = fs::read_to_string(full).expect("source is text").lines().count();
            if lines > LONGEST_FILE {
                breaches.push(format!(
                    "{path}: {lines} lines; divide it where its subject divides ({LONGEST_FILE})"
                ));
            }
            let empty = path.split(['/', '.']).find(|part| EMPTY_NAMES.contains(part));
            if let (Some(name), "src") = (empty, folder) {
                breaches.push(format!("{path}: “{name}” says nothing; name it in the field's words"));
            }
        }
    }
    no_breach(&breaches);
}

#[test]
fn the_repository_stands_alone() {
    let text = [".rs", ".md", ".toml", ".ron", ".json", ".csv", ".sh", ".yml", ".txt", "run", "Cargo.lock"];
    let mut breaches = Vec::new();
    for (path, full) in files("", &text) {
        let Ok(text) = fs::read_to_string(full) else { continue };
        for elsewhere in
            [concat!("../", "shared"), concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")]
        {
            for (line, _) in text.lines().enumerate().filter(|(_, line)| line.contains(elsewhere)) {
                breaches.push(format!(
                    "{path}:{}: {elsewhere}: nobody else has that folder; copy what is needed, with its source",
                    line + 1
                ));
            }
        }
    }
    no_breach(&breaches);
}

#[test]
fn no_dependency_speaks_to_the_network() {
    let read = |name| fs::read_to_string(root().join(name)).expect("the file is kept");
    let (lock, denied) = (read("Cargo.lock"), read("deny.toml"));
    let speakers: Vec<&str> = denied
        .lines()
        .filter_map(|line| line.trim().strip_prefix("{ crate = \"")?.strip_suffix("\" },"))
        .collect();
    assert!(speakers.len() > 15 && speakers.contains(&"rustls") && speakers.contains(&"reqwest"));
    let breaches: Vec<String> = speakers
        .iter()
        .filter(|name| lock.contains(&format!("name = \"{name}\"\n")))
        .map(|name| format!("Cargo.lock: {name}: the program is for people who must be able to work offline"))
        .collect();
    no_breach(&breaches);
    let crates = lock.matches("[[package]]").count();
    promises::kept(
        "tidy::no_dependency_speaks_to_the_network",
        &promises::over(crates).replace("over", "none of over"),
    );
}

#[test]
fn every_dependency_comes_from_the_one_registry() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file is kept");
    // The first dependency says which one; a path or a repository would stand there as something else.
    let sources = || lock.lines().filter(|line| line.starts_with("source = "));
    let registry = sources().next().expect("there are dependencies");
    assert!(registry.starts_with("source = \"registry+"), "{registry}");
    let others = sources().filter(|line| *line != registry);
    no_breach(
        &others.map(|line| format!("Cargo.lock: {line}: deny.toml allows one registry")).collect::<Vec<_>>(),
    );
}

#[test]
fn every_exception_is_needed_and_says_why() {
    let sources = sources("src");
    let mut idle = Vec::new();
    for rule in RULES {
        for (file, reason) in rule.except {
            let needed = sources
                .iter()
                .filter(|source| source.path.starts_with(file))
                .flat_map(Source::paths)
                .any(|(_, path)| rule.never.iter().any(|never| names(&path, never)));
            if !needed || reason.is_empty() {
                idle.push(format!(
                    "{file}: nothing there needs this exception any more, or it gives no reason"
                ));
            }
        }
    }
    no_breach(&idle);
}

#[test]
fn a_rule_catches_what_it_means() {
    for (path, never, caught) in [
        ("std::fs::write", "…::fs::write", true),
        ("fs::write", "…::fs::write", true),
        ("std::fs::read", "…::fs::write", false),
        ("std::fs", "std::fs", true),
        ("std::fs::File", "std::fs", true),
        ("crate::file", "std::fs", false),
        ("egui::Color32::RED", "…::Color32::A-Z", true),
        ("egui::Color32::TRANSPARENT", "…::Color32::A-Z", false),
        ("Color32::from_rgb", "…::Color32::from_*", true),
        ("egui::Color32", "…::Color32::A-Z", false),
    ] {
        assert_eq!(names(path, never), caught, "{path} by {never}");
    }
}
