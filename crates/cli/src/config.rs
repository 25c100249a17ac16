//! What is configured: one TOML file, and the environment over it; an option on the command line over both. Every key is explained, an
//! unknown one is refused with the nearest that is known, and what is secret is never shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::Result;
use clap::Subcommand;
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use store::Place;
use words::{Lang, Message, Problem};

use crate::screen::{QUIET, STRONG, Said, Table, say};
use crate::{DONE, WRONG_USE, folder, problems};

/// Something that can be configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its name in the file.
    pub name: &'static str,
    /// Its variables in the environment, the one that counts first.
    variables: &'static [&'static str],
    /// What holds where nothing is said.
    default: &'static str,
    /// What it may say; anything if empty.
    words: &'static [&'static str],
    /// What stands in the example.
    example: &'static str,
}

const fn key(
    name: &'static str,
    variables: &'static [&'static str],
    default: &'static str,
    words: &'static [&'static str],
    example: &'static str,
) -> Key {
    Key { name, variables, default, words, example }
}

/// Where the database is.
pub const DATABASE: Key =
    key("database", &["PARITRANA_DATABASE", "DATABASE_URL"], "paritrana.db", &[], "/var/lib/paritrana/award.db");
/// Where the files are that acts refer to.
pub const FILES: Key = key("files", &["PARITRANA_FILES"], "", &[], "/var/lib/paritrana/files");
/// Where letters are put.
pub const MAIL: Key = key("mail", &["PARITRANA_MAIL"], "", &[], "/var/lib/paritrana/letters");
/// Under which address people reach the pages.
pub const ADDRESS: Key = key("address", &["PARITRANA_ADDRESS"], "http://localhost:8080", &[], "https://paritrana.example");
/// The mail server that takes letters out, before any folder.
pub const SMTP: Key = key("smtp", &["PARITRANA_SMTP"], "", &[], "");
/// Whom letters are from.
pub const SMTP_FROM: Key = key("smtp_from", &["PARITRANA_SMTP_FROM"], "", &[], "");
/// The language of texts.
pub const LANGUAGE: Key = key("language", &["PARITRANA_LANGUAGE", "PARITRANA_LANG"], "", &["id", "en"], "id");
/// How the log is written.
pub const LOG: Key = key("log", &["PARITRANA_LOG"], "off", &["json", "text", "off"], "off");
/// How much is logged.
pub const LOG_LEVEL: Key = key("log_level", &["PARITRANA_LOG_LEVEL"], "info", &["error", "warn", "info", "debug"], "info");
/// Who may read the figures of a server from elsewhere.
pub const METRICS_TOKEN: Key = key("metrics_token", &["PARITRANA_METRICS_TOKEN"], "", &[], "");
/// Who looks for viruses.
pub const SCANNER: Key = key("scanner", &["PARITRANA_SCANNER"], "", &[], "/run/clamav/clamd.ctl");
/// What becomes of a file of which the scanner says nothing.
pub const UNSCANNED: Key = key("unscanned", &["PARITRANA_UNSCANNED"], "waits", &["waits", "refused"], "waits");
/// Largest file, in mebibytes.
pub const UPLOAD_MIB: Key = key("upload_mib", &["PARITRANA_UPLOAD_MIB"], "100", &[], "100");

/// Everything that can be configured.
const KEYS: [Key; 13] =
    [DATABASE, FILES, MAIL, ADDRESS, LANGUAGE, LOG, LOG_LEVEL, METRICS_TOKEN, SMTP, SMTP_FROM, SCANNER, UNSCANNED, UPLOAD_MIB];
/// Variables that begin like ours and configure nothing: the file itself, and what tests say to the program.
const OTHERS: [&str; 1] = ["PARITRANA_CONFIG"];
const TESTS: [&str; 2] = ["PARITRANA_TEST_", "PARITRANA_FAULT_"];

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum From {
    Variable(&'static str),
    File(PathBuf),
    Default,
}

/// What is configured.
#[derive(Debug, Clone, Default)]
pub struct Config {
    values: BTreeMap<&'static str, (String, Option<From>)>,
}

static CONFIG: OnceLock<Config> = OnceLock::new();

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show every key with its value, where that came from, and what it is for
    Show,
    /// Print a file to begin with, with every key explained
    Example,
}

/// Why there is no configuration.
pub enum Unusable {
    /// The file is wrong, in these places of this text.
    File(Vec<Problem>, String, String),
    /// The environment is wrong.
    Variables(Vec<Problem>),
}

/// The value of a key: from the environment, the file, or by default. None where nothing is said and nothing holds by default.
pub fn value(key: Key) -> Option<String> {
    let said = CONFIG.get().and_then(|config| config.values.get(key.name)).map(|(value, _)| value.clone());
    said.or_else(|| Some(key.default.to_owned())).filter(|value| !value.is_empty())
}

/// Reads the configuration, for the whole program; tells what is wrong with it.
pub fn load(said: &mut Said, file: Option<&Path>, lang: Lang) -> Result<bool> {
    let variables: BTreeMap<String, String> = std::env::vars().collect();
    let named = file.map(Path::to_owned).or_else(|| variables.get("PARITRANA_CONFIG").map(PathBuf::from));
    let text = match &named {
        Some(path) => Some((path.clone(), String::from_utf8_lossy(&folder::file(path)?).into_owned())),
        None => None,
    };
    match read(text.as_ref(), &variables) {
        Ok(config) => {
            CONFIG.get_or_init(|| config);
            Ok(true)
        }
        Err(Unusable::File(found, name, text)) => {
            said.complain(problems::render(&found, &[(name, text)].into(), lang));
            Ok(false)
        }
        Err(Unusable::Variables(found)) => {
            said.complain(problems::render(&found, &BTreeMap::new(), lang));
            Ok(false)
        }
    }
}

/// What a file and the variables say together.
fn read(file: Option<&(PathBuf, String)>, variables: &BTreeMap<String, String>) -> Result<Config, Unusable> {
    let mut config = Config::default();
    if let Some((path, text)) = file {
        let name = path.display().to_string();
        let found = of_file(&name, text).map_err(|found| Unusable::File(found, name.clone(), text.clone()))?;
        config.values.extend(found.into_iter().map(|(key, value)| (key, (value, Some(From::File(path.clone()))))));
    }
    let mut found = Vec::new();
    for (name, value) in variables.iter().filter(|(name, _)| name.starts_with("PARITRANA_")) {
        let is_known = KEYS.iter().any(|key| key.variables.contains(&name.as_str()));
        if !is_known && !OTHERS.contains(&name.as_str()) && !TESTS.iter().any(|test| name.starts_with(test)) {
            let known = KEYS.iter().flat_map(|key| key.variables).copied();
            found.push(unknown(name, known, Problem::new(name.as_str(), 0..0, Message::new("cli-config-unknown-variable"))));
        } else if let Some(key) = KEYS.iter().find(|key| key.variables.contains(&name.as_str())) {
            found.extend(wrong(key, value).map(|(message, next)| told(Problem::new(name.as_str(), 0..0, message), next)));
        }
    }
    if !found.is_empty() {
        return Err(Unusable::Variables(found));
    }
    for key in KEYS {
        let said = key.variables.iter().find_map(|name| Some((*name, variables.get(*name).filter(|text| !text.is_empty())?)));
        if let Some((name, value)) = said {
            config.values.insert(key.name, (value.clone(), Some(From::Variable(name))));
        }
    }
    sender_is_named(&config, file)?;
    Ok(config)
}

/// A mail server wants to know whom letters are from: whoever names one names the other, both in one place or not.
fn sender_is_named(config: &Config, file: Option<&(PathBuf, String)>) -> Result<(), Unusable> {
    let says = |key: Key| config.values.get(key.name).filter(|(value, _)| !value.is_empty());
    let (Some((_, from)), None) = (says(SMTP), says(SMTP_FROM)) else { return Ok(()) };
    let problem = |place: &str| {
        let message = Message::new("cli-config-no-sender");
        vec![Problem::new(place, 0..0, message).hint(Message::new("cli-config-no-sender-next"))]
    };
    match (from, file) {
        (Some(From::File(path)), Some((_, text))) => {
            let name = path.display().to_string();
            Err(Unusable::File(problem(&line_of(&name, text, SMTP.name)), name, text.clone()))
        }
        (Some(From::Variable(name)), _) => Err(Unusable::Variables(problem(name))),
        _ => Err(Unusable::Variables(problem(SMTP.name))),
    }
}

fn of_file(name: &str, text: &str) -> Result<BTreeMap<&'static str, String>, Vec<Problem>> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let message = Message::new("cli-config-no-toml").text("why", error.message());
        vec![Problem::new(name, error.span().unwrap_or(0..0), message)]
    })?;
    let (mut values, mut found) = (BTreeMap::new(), Vec::new());
    for (word, value) in &table {
        let at = |message| Problem::new(name, place(text, word), message);
        let Some(key) = KEYS.iter().find(|key| key.name == word) else {
            found.push(unknown(word, KEYS.iter().map(|key| key.name), at(Message::new("cli-config-unknown-key"))));
            continue;
        };
        // What is secret is not shown, so its line is not either.
        let at = |message| match is_secret(key) {
            true => Problem::new(line_of(name, text, word), 0..0, message),
            false => at(message),
        };
        match written(key, value) {
            None => {
                let message = Message::new("cli-config-no-text").text("key", word);
                found.push(told(at(message), Some(quoted(key, value))));
            }
            Some(value) => match wrong(key, &value) {
                Some((message, next)) => found.push(told(at(message), next)),
                None => drop(values.insert(key.name, value)),
            },
        }
    }
    if found.is_empty() { Ok(values) } else { Err(found) }
}

/// What a key says as text; a number also says it without quotation marks.
fn written(key: &Key, value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(_) | toml::Value::Float(_) if key.name == UPLOAD_MIB.name => Some(value.to_string()),
        _ => None,
    }
}

/// How a value is written that stands there without quotation marks.
fn quoted(key: &Key, value: &toml::Value) -> Message {
    let is_plain = key.words.is_empty() && !is_secret(key) && !value.is_table() && !value.is_array();
    let example = if key.example.is_empty() { "…" } else { key.example };
    let value = if is_plain { value.to_string() } else { example.to_owned() };
    Message::new("cli-config-quote").text("key", key.name).text("value", value)
}

/// Whether a value may hold a password.
fn is_secret(key: &Key) -> bool {
    [DATABASE, SMTP, METRICS_TOKEN].iter().any(|secret| secret.name == key.name)
}

fn told(problem: Problem, next: Option<Message>) -> Problem {
    match next {
        Some(next) => problem.hint(next),
        None => problem,
    }
}

/// The file with the line where a key stands.
fn line_of(name: &str, text: &str, word: &str) -> String {
    let before = text.get(..place(text, word).start).unwrap_or_default();
    format!("{name}:{}", before.matches('\n').count() + 1)
}

/// Says which word is not known, and which was meant.
fn unknown<'k>(word: &str, known: impl Iterator<Item = &'k str> + Clone, at: Problem) -> Problem {
    let problem = Problem { message: at.message.clone().text("key", word), ..at };
    let near = award::nearest_word(word, known.clone()).map(str::to_owned);
    problem.hint(match near {
        Some(near) => Message::new("cli-config-near").text("key", near),
        None => Message::new("cli-config-known").text("keys", known.collect::<Vec<_>>().join(", ")),
    })
}

/// What is wrong with a value, and what to write instead. An empty one says nothing.
fn wrong(key: &Key, value: &str) -> Option<(Message, Option<Message>)> {
    let with_next = |message: Message| {
        let next = Message::new(format!("{}-next", message.key()));
        (message, Some(next))
    };
    if let Some(message) = wrong_word(key, value) {
        return Some((message, None));
    }
    let message = match key.name {
        _ if value.is_empty() => None,
        name if name == ADDRESS.name => unreachable_pages(value),
        // The reason names no more of the address than how it begins.
        name if name == SMTP.name => AsyncSmtpTransport::<Tokio1Executor>::from_url(value)
            .err()
            .map(|error| Message::new("cli-config-smtp").text("why", error.to_string())),
        name if name == SMTP_FROM.name => value
            .parse::<Mailbox>()
            .err()
            .map(|error| Message::new("cli-config-smtp-from").text("value", value).text("why", error.to_string())),
        name if name == UPLOAD_MIB.name && mebibytes(value).is_none() => {
            Some(Message::new("cli-upload-size").text("size", value))
        }
        _ => None,
    };
    message.map(with_next)
}

/// Why links that begin with this address would lead nowhere.
pub fn unreachable_pages(address: &str) -> Option<Message> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or_default();
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    let leads =
        !host.is_empty() && !rest.contains(|letter: char| letter.is_whitespace() || matches!(letter, '?' | '#' | '"' | '<'));
    (!leads).then(|| Message::new("cli-config-address").text("address", address))
}

fn mebibytes(size: &str) -> Option<u64> {
    size.trim().parse().ok().filter(|mib| *mib > 0)
}

/// The largest file that is taken, in mebibytes; that it is a number was looked at when it was read.
pub fn upload_mib() -> Option<u64> {
    value(UPLOAD_MIB).as_deref().and_then(mebibytes)
}

fn wrong_word(key: &Key, value: &str) -> Option<Message> {
    // A system's language, such as id_ID.UTF-8, is understood too.
    let fits = key.words.is_empty() || key.words.contains(&value) || (key.name == LANGUAGE.name && Lang::of(value).is_some());
    let message = Message::new("cli-config-wrong-word").text("key", key.name).text("value", value);
    (!fits).then(|| message.text("words", key.words.join(", ")))
}

/// Where a key stands in the text.
fn place(text: &str, word: &str) -> std::ops::Range<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start_matches([' ', '\t', '[', '"']);
        if trimmed.starts_with(word) {
            let start = at + line.len() - trimmed.len();
            return start..start + word.len();
        }
        at += line.len();
    }
    0..0
}

/// `paritrana config …`.
pub fn run(said: &mut Said, command: &ConfigCommand, lang: Lang) -> u8 {
    match command {
        ConfigCommand::Show => show(said, lang),
        ConfigCommand::Example => example(said, lang),
    }
    DONE
}

fn show(said: &mut Said, lang: Lang) {
    let config = CONFIG.get().cloned().unwrap_or_default();
    let mut table = Table::new(&[false, false, false, false]);
    for key in KEYS {
        let (value, from) = config.values.get(key.name).cloned().unwrap_or((key.default.to_owned(), None));
        let from = match from.unwrap_or(From::Default) {
            From::Variable(name) => format!("${name}"),
            From::File(path) => path.display().to_string(),
            From::Default => say("cli-config-default", lang),
        };
        table.row(vec![(key.name.to_owned(), STRONG), (shown(key, &value), STRONG), (from, QUIET), (say_of(key, lang), QUIET)]);
    }
    table.lines(0).into_iter().for_each(|line| said.line(line));
    let secrets: Vec<String> = std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("AWS_")).collect();
    if !secrets.is_empty() {
        said.line(Message::new("cli-config-secrets").text("names", secrets.join(", ")).render(lang));
    }
}

/// A value for people to read: an address without its password.
fn shown(key: Key, value: &str) -> String {
    match value.parse::<Place>() {
        _ if value.is_empty() => "–".to_owned(),
        Ok(place) if key == DATABASE => place.shown(),
        Err(_) if key == DATABASE => "•••".to_owned(),
        _ if key == METRICS_TOKEN || key == SMTP => "•••".to_owned(),
        _ => value.to_owned(),
    }
}

fn say_of(key: Key, lang: Lang) -> String {
    Message::new(format!("config-{}", key.name)).render(lang)
}

fn example(said: &mut Said, lang: Lang) {
    said.line(say("cli-config-example", lang).lines().map(|line| format!("# {line}")).collect::<Vec<_>>().join("\n"));
    for key in KEYS {
        said.line(format!("\n# {}", say_of(key, lang)));
        said.line(format!("# ${}", key.variables.join(", $")));
        // Whoever has a scanner takes the sign away: with one that is not there no file would be handed in.
        let off = if key == SCANNER { "# " } else { "" };
        said.line(format!("{off}{} = {}", key.name, toml::Value::String(key.example.to_owned())));
    }
}

/// Tells that an option is missing that could stand in the configuration as well.
pub fn missing(said: &mut Said, option: &str, key: Key, lang: Lang) -> u8 {
    said.refuse_with_next(&Message::new("cli-config-missing").text("option", option).text("key", key.name), lang);
    WRONG_USE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn config(text: &str, pairs: &[(&str, &str)]) -> Result<Vec<(&'static str, String)>, Vec<String>> {
        let problems = |unusable| match unusable {
            Unusable::File(found, ..) | Unusable::Variables(found) => found,
        };
        let told = |problem: Problem| {
            let hint = problem.hint.map(|hint| hint.render(Lang::En)).unwrap_or_default();
            format!("{} {hint}", problem.message.render(Lang::En))
        };
        match read(Some(&("p.toml".into(), text.into())), &variables(pairs)) {
            Ok(config) => Ok(config.values.into_iter().map(|(key, (value, _))| (key, value)).collect()),
            Err(unusable) => Err(problems(unusable).into_iter().map(told).collect()),
        }
    }

    #[test]
    fn the_environment_goes_before_the_file_and_its_first_name_before_the_second() {
        let file = "database = \"a.db\"\nmail = \"letters\"\n";
        assert_eq!(config(file, &[]), Ok(vec![("database", "a.db".into()), ("mail", "letters".into())]));
        let of = |pairs| config(file, pairs).map(|values| values[0].1.clone());
        assert_eq!(of(&[("DATABASE_URL", "b.db")]), Ok("b.db".into()));
        assert_eq!(of(&[("DATABASE_URL", "b.db"), ("PARITRANA_DATABASE", "c.db")]), Ok("c.db".into()));
        assert_eq!(of(&[("DATABASE_URL", "")]), Ok("a.db".into()));
    }

    #[test]
    fn what_is_not_known_or_not_understood_is_refused_with_what_was_meant() {
        for (file, pairs, says) in [
            ("databse = \"a.db\"\n", vec![], "databse"),
            ("database = 3\n", vec![], "database"),
            ("log = \"xml\"\n", vec![], "json, text, off"),
            ("log = \n", vec![], "TOML"),
            ("", vec![("PARITRANA_DATABSE", "x")], "PARITRANA_DATABASE"),
            ("", vec![("PARITRANA_LOG", "loud")], "json, text, off"),
        ] {
            let told = config(file, &pairs).expect_err("it is wrong");
            assert!(told.len() == 1 && told[0].contains(says), "{told:?}");
        }
        assert!(config("databse = \"a.db\"\n", &[]).expect_err("it is wrong")[0].contains("database"));
        assert_eq!(config("", &[("PARITRANA_TEST_POSTGRES", "x"), ("PARITRANA_CONFIG", "y"), ("OTHER", "z")]), Ok(vec![]));
    }

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(shown(DATABASE, "postgres://ani:s3cret@db/award"), "postgres://db/award");
        assert_eq!(shown(DATABASE, "mysql://ani:s3cret@db/award"), "•••");
        assert_eq!((shown(DATABASE, "a.db").as_str(), shown(MAIL, "").as_str()), ("a.db", "–"));
    }
}
