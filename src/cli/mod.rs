//! The same work without a window.
//!
//! Exit status 0, 1 for a problem in the input, 2 for wrong usage. Results go to standard output, messages to standard
//! error. A reader that stops reading, as `head` does, is no problem.

pub mod answer;
mod arguments;
mod caseload;
mod compare;
mod frozen;
mod handout;
mod merge;
mod passphrase;
mod report;
mod tables;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Parser;

pub use answer::answer_in_words;

use crate::{
    analysis::{balance::robustness::Draws, course::Course},
    exchange::{
        caseload::example as table,
        examples::{self, EXAMPLES},
        results::{self, WorkedOut},
    },
    file::{
        format::{self, Document},
        papers,
        read_error::{ReadError, ReadErrorKind},
        save::{self, OpenError, SaveError},
        seal::is_sealed_name,
        sealed, storage,
    },
    model::Room,
    ui::picture::{self, PictureRequest},
};
use arguments::{Analyse, Arguments, Command, Picture};

/// Opens the window with a file, or as it was left; the error says why there can be none here.
pub type OpenWindow = fn(Option<PathBuf>) -> Result<(), String>;

/// What ends a command before its time.
enum Stop {
    /// A problem in the input, in words.
    Input(String),
    /// Wrong usage, in words.
    Usage(String),
    /// Nobody reads the output, or it cannot be written.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

type Outcome = Result<(), Stop>;

/// Where a command writes.
struct Terminal<'a> {
    out: &'a mut dyn Write,
    messages: &'a mut dyn Write,
    /// The files with the passphrases of sealed workspaces.
    passphrase_files: Vec<PathBuf>,
}

impl Terminal<'_> {
    /// A result.
    fn say(&mut self, text: &str) -> Outcome {
        self.out.write_all(text.trim_end().as_bytes())?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// A message, when there is something to say.
    fn note_if_any(&mut self, text: &str) {
        if !text.is_empty() {
            self.note(text);
        }
    }

    /// A message; when even that cannot be written, nothing more can be done.
    fn note(&mut self, text: &str) {
        let _ = writeln!(self.messages, "{}", text.trim_end());
    }
}

/// Runs the program with its arguments, the first being its own name, and returns the exit status.
pub fn run<A>(
    arguments: impl IntoIterator<Item = A>,
    open_window: OpenWindow,
    out: &mut dyn Write,
    messages: &mut dyn Write,
) -> u8
where
    A: Into<OsString> + Clone,
{
    let mut terminal = Terminal { out, messages, passphrase_files: Vec::new() };
    let outcome = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => command(arguments, open_window, &mut terminal),
        Err(error) if error.use_stderr() => Err(Stop::Usage(error.to_string())),
        Err(help) => terminal.say(&help.to_string()),
    };
    let outcome = outcome.and_then(|()| terminal.out.flush().map_err(Stop::from));
    match outcome {
        Ok(()) => 0,
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(Stop::Output(error)) => {
            terminal.note(&format!("The result could not be written: {}", storage::reason(&error)));
            1
        }
        Err(Stop::Input(text)) => {
            terminal.note(&text);
            1
        }
        Err(Stop::Usage(text)) => {
            terminal.note(&text);
            2
        }
    }
}

fn command(arguments: Arguments, open_window: OpenWindow, terminal: &mut Terminal<'_>) -> Outcome {
    terminal.passphrase_files = arguments.passphrase_files;
    match arguments.command {
        None => window(arguments.file, open_window, terminal),
        Some(Command::Example { name, output, force }) => example(name.as_deref(), output, force, terminal),
        Some(Command::Check { file }) => check(&file, terminal),
        Some(Command::New(new)) => tables::new(&new, terminal),
        Some(Command::Tables(asked)) => tables::write(&asked, terminal),
        Some(Command::Analyse(asked)) => analyse(&asked, terminal),
        Some(Command::Merge(asked)) => merge::merge(&asked, terminal),
        Some(Command::Caseload(asked)) => caseload::caseload(&asked, terminal),
        Some(Command::Ballots(asked)) => handout::ballots(&asked, terminal),
        Some(Command::Contributors(asked)) => handout::contributors(&asked, terminal),
        Some(Command::Report(asked)) => report::report(&asked, terminal),
        Some(Command::Picture(asked)) => picture(&asked, terminal),
    }
}

/// Opens the window; where there can be none, answers in words.
fn window(file: Option<PathBuf>, open_window: OpenWindow, terminal: &mut Terminal<'_>) -> Outcome {
    if let Some(file) = file.as_deref().filter(|file| !file.exists()) {
        return Err(Stop::Input(format!(
            "There is no file {}, and no command of that name. evenhand --help lists the commands.",
            file.display()
        )));
    }
    let Err(reason) = open_window(file.clone()) else { return Ok(()) };
    terminal.note(&format!("{reason} The answer in words:"));
    let document = match &file {
        Some(file) => open(file, terminal)?,
        None => example_document(&EXAMPLES[0])?,
    };
    terminal.say(&answer_in_words(&document.workspace))?;
    let file = file.map_or_else(|| EXAMPLES[0].file_name(), |file| file.display().to_string());
    terminal.say(&format!("\n{}", without_a_window(&file)))
}

/// The commands that work without a window.
fn without_a_window(file: &str) -> String {
    format!(
        "Without a window these commands work; evenhand --help tells more:\n\
         \x20 evenhand example            list the worked examples, or write one to a file\n\
         \x20 evenhand analyse {file}     the answer in words; --json for programs\n\
         \x20 evenhand check {file}       is it sound?\n\
         \x20 evenhand caseload TABLE.csv   whom the gates of a service let through\n\
         \x20 evenhand new --scores FILE -o OUT.evenhand.ron\n\
         \x20 evenhand tables {file} -o FOLDER\n\
         \x20 evenhand ballots {file} -o FOLDER\n\
         \x20 evenhand merge BASE OURS THEIRS -o OUT.evenhand.ron\n\
         \x20 evenhand report {file} -o OUT.docx    the committee paper; also .pdf and .html\n\
         \x20 evenhand picture {file} --room balance -o OUT.png"
    )
}

/// Opens a workspace file; what the user should know about it is noted.
fn open(file: &Path, terminal: &mut Terminal<'_>) -> Result<Document, Stop> {
    let opened = match save::open(file) {
        Err(OpenError::Sealed { .. }) => passphrase::open(file, terminal)?,
        opened => opened.map_err(|error| Stop::Input(error.to_string()))?,
    };
    for notice in &opened.notices {
        terminal.note(notice);
    }
    Ok(opened.document)
}

/// Refuses to replace a file that holds something, unless that is asked for.
fn may_write(path: &Path, force: bool) -> Outcome {
    let holds_something = std::fs::metadata(path).is_ok_and(|found| found.is_dir() || found.len() > 0);
    if holds_something && !force {
        return Err(Stop::Input(format!(
            "{} is there already. Give another name, or --force to replace it.",
            path.display()
        )));
    }
    Ok(())
}

/// Refuses to put a result in the place of what it is made from, forced or not.
fn not_an_input<'p>(output: &Path, inputs: impl IntoIterator<Item = &'p Path>) -> Outcome {
    let same = |input: &Path| {
        let real = |path: &Path| path.canonicalize().ok();
        real(output).is_some_and(|place| Some(place) == real(input))
    };
    if inputs.into_iter().any(same) {
        let words = "is what this is made from. Give the result another name.";
        return Err(Stop::Input(format!("{} {words}", output.display())));
    }
    Ok(())
}

/// Whether this is neither a file nor a folder, such as a terminal or a pipe.
fn is_device(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Writes a new workspace file; a device or a pipe takes its text and stays what it is.
fn write_workspace(path: &Path, document: &Document, force: bool, terminal: &mut Terminal<'_>) -> Outcome {
    if is_device(path) {
        return save::write_through(path, document).map_err(|error| Stop::Input(error.to_string()));
    }
    may_write(path, force)?;
    let saved = if is_sealed_name(path) {
        let key = passphrase::new_key(terminal)?;
        sealed::save(path, document, None, &key)
    } else {
        save::save(path, document, None)
    };
    let saved = saved.map_err(|error| Stop::Input(error.to_string()))?;
    if let Some(warning) = saved.warning {
        terminal.note(&warning);
    }
    Ok(())
}

fn example_document(example: &examples::Example) -> Result<Document, Stop> {
    format::from_text(example.text, &example.file_name()).map_err(|error| Stop::Input(error.to_string()))
}

fn example(name: Option<&str>, output: Option<PathBuf>, force: bool, terminal: &mut Terminal<'_>) -> Outcome {
    let list = || {
        let lines = EXAMPLES.iter().map(|e| format!("{:<16}{}\n{:16}{}", e.name, e.title, "", e.summary));
        let table = format!("{:<16}{}\n{:16}{}", table::NAME, table::TITLE, "", table::SUMMARY);
        lines.chain([table]).collect::<Vec<_>>().join("\n")
    };
    let Some(name) = name else {
        if output.is_some() {
            return Err(Stop::Usage(format!("Say which example to write:\n{}", list())));
        }
        return terminal.say(&list());
    };
    if name.trim().eq_ignore_ascii_case(table::NAME) {
        return example_table(output, force, terminal);
    }
    let Some(example) = examples::find(name) else {
        return Err(Stop::Usage(format!("There is no example “{name}”. There are:\n{}", list())));
    };
    match output {
        None => terminal.say(example.text),
        Some(path) => {
            write_workspace(&path, &example_document(example)?, force, terminal)?;
            terminal.note(&format!("Wrote “{}” to {}.", example.title, path.display()));
            Ok(())
        }
    }
}

/// Writes a text to a file, whole or not at all.
fn write_text(path: &Path, text: &str, force: bool) -> Outcome {
    write_bytes(path, text.as_bytes(), force)
}

/// The same with any bytes.
fn write_bytes(path: &Path, bytes: &[u8], force: bool) -> Outcome {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or_else(|| Stop::Usage("Say the name of a file to write.".to_owned()))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    may_write(path, force)?;
    // What is there and may be written to is empty, or a device.
    let replace = force || std::fs::metadata(path).is_ok();
    papers::write(folder, &[(name.as_str(), bytes)], replace).map_err(|error| Stop::Input(error.to_string()))
}

/// Writes the invented caseload, as a table.
fn example_table(output: Option<PathBuf>, force: bool, terminal: &mut Terminal<'_>) -> Outcome {
    let text = table::table();
    let Some(path) = output else { return terminal.say(&text) };
    write_text(&path, &text, force)?;
    terminal.note(&format!("Wrote “{}” to {}. Every row is invented.", table::TITLE, path.display()));
    terminal.note(&format!("Check it: evenhand caseload {}", path.display()));
    Ok(())
}

fn check(file: &Path, terminal: &mut Terminal<'_>) -> Outcome {
    let (opened, text) = match save::open(file) {
        Err(OpenError::Unreadable { error, .. }) if error.kind == ReadErrorKind::Unsound => {
            return Err(Stop::Input(every_fault(file, &error)));
        }
        Err(OpenError::Sealed { .. }) => {
            let opened = passphrase::open(file, terminal)?;
            let text = format::to_text(&opened.document);
            (opened, text)
        }
        opened => {
            let opened = opened.map_err(|error| Stop::Input(error.to_string()))?;
            (opened, std::fs::read_to_string(file).unwrap_or_default())
        }
    };
    for notice in &opened.notices {
        terminal.note(notice);
    }
    let name = file.display();
    terminal.say(&format!("{name}: sound."))?;
    let (copies, standing) = frozen::told(&opened.document.workspace);
    if !copies.is_empty() {
        terminal.say(&copies.join("\n"))?;
    }
    if let Some(trouble) = standing.trouble() {
        return Err(Stop::Input(trouble.to_owned()));
    }
    // What opens is sound; what is left is worth a look at most.
    let doubts = format::doubts(&text);
    if doubts.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = doubts
        .iter()
        .map(|(line, column, problem)| format!("  line {line}, column {column}: {problem}"))
        .collect();
    terminal.say(&format!("Worth a look:\n{}", lines.join("\n")))
}

/// Everything that makes a file unsound, each with its place; `first` is what opening it stopped at.
fn every_fault(file: &Path, first: &ReadError) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let faults = format::faults(&text, &first.file);
    if faults.is_empty() {
        // The file has just been changed by somebody else.
        return first.to_string();
    }
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

fn analyse(asked: &Analyse, terminal: &mut Terminal<'_>) -> Outcome {
    let document = open(&asked.file, terminal)?;
    let workspace = &document.workspace;
    let rooms = if asked.rooms.is_empty() { vec![Room::Balance] } else { asked.rooms.clone() };
    let usual = Draws::asked_for(workspace);
    let draws = Draws {
        weights: asked.weights.unwrap_or(usual.weights),
        iterations: asked.iterations.unwrap_or(usual.iterations),
        seed: asked.seed.unwrap_or(usual.seed),
        ..usual
    };
    let worked_out = WorkedOut::of(workspace, draws, &Course::default())
        .ok_or_else(|| Stop::Input("The draws were stopped.".to_owned()))?;
    let results = worked_out.results(document.revision);
    let compared = asked
        .compare
        .as_deref()
        .map(|name| compare::find(workspace, name).map(|s| (s, compare::with_today(workspace, s))))
        .transpose()
        .map_err(Stop::Input)?;
    for room in &rooms {
        if *room == Room::Question {
            terminal.note(&format!("{}: this room has no figures to analyse.", room.name()));
        } else if !results.is_filled_in(*room) {
            terminal.note(&format!("{}: nothing to analyse is filled in yet.", room.name()));
        }
    }
    if asked.json {
        let mut object = results.as_json(&rooms);
        if let (Some((snapshot, compared)), Some(fields)) = (&compared, object.as_object_mut()) {
            fields.insert("compare".to_owned(), results::comparison(snapshot, compared));
        }
        let text = serde_json::to_string_pretty(&object).map_err(|error| Stop::Output(error.into()))?;
        terminal.say(&text)
    } else {
        let mut words = answer::in_words(&results, &asked.rooms);
        if let Some((snapshot, compared)) = &compared {
            words = format!("{}\n\n{}", words.trim_end(), compare::in_words(snapshot, compared));
        }
        terminal.say(&words)
    }
}

fn picture(asked: &Picture, terminal: &mut Terminal<'_>) -> Outcome {
    may_write(&asked.output, asked.force)?;
    not_an_input(&asked.output, [asked.file.as_path()])?;
    let is_png = asked.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
    if !is_png && !is_device(&asked.output) {
        let words = "A picture is written as PNG: give it a name that ends in .png, not";
        return Err(Stop::Usage(format!("{words} {}.", asked.output.display())));
    }
    let document = open(&asked.file, terminal)?;
    let picture = match (&asked.wall, asked.room) {
        (Some(scene), _) => {
            let size = asked.size.unwrap_or((1920, 1080));
            picture::render_wall(&document.workspace, document.revision, (scene, size, asked.dark))
        }
        (None, room) => {
            let request = PictureRequest {
                room: room.unwrap_or(Room::Question),
                page: asked.page.clone(),
                size: asked.size.unwrap_or((1440, 900)),
                zoom: asked.zoom,
                dark: asked.dark,
            };
            picture::render_document(&document, &request)
        }
    };
    let picture = picture.map_err(Stop::Usage)?;
    picture.save_with_format(&asked.output, image::ImageFormat::Png).map_err(|error| {
        Stop::Input(match error {
            image::ImageError::IoError(error) => SaveError::of(&asked.output, &error).to_string(),
            _ => format!("The picture {} could not be drawn at that size.", asked.output.display()),
        })
    })
}
