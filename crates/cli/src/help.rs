//! What `--help` tells and what is said of a mistyped command, in the language of whoever asks. The commands are derived from `args`; their
//! texts stand with all others in `words`: `help-COMMAND` is what a command does, `help-COMMAND--OPTION` what an option of it says, `help--OPTION`
//! an option that several commands have.

use std::ffi::OsString;
use std::path::Path;

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches, Parser};
use words::{Lang, Message, is_text};

use crate::args::{Args, Language};
use crate::screen::{Said, language, say};
use crate::{DONE, WRONG_USE, config};

/// Options of the program itself that take a value, which may stand before a command.
const WITH_VALUE: [&str; 4] = ["--lang", "--color", "--config", "--log"];
/// The options of the program itself: they explain themselves on every page.
const OWN: [&str; 6] = ["lang", "color", "config", "log", "help", "version"];

/// Reads what was typed. Where that is no command, help or what is wrong has been said, and the exit status is the answer.
pub fn parse(typed: Vec<OsString>) -> Result<Args, u8> {
    Args::try_parse_from(&typed).or_else(|_| {
        let lang = asked(&typed);
        let mut command = spoken(lang);
        let typed = without_help_word(&command, typed);
        let matches = command.try_get_matches_from_mut(&typed);
        let error = match matches.and_then(|matches| Args::from_arg_matches(&matches)) {
            Ok(args) => return Ok(args),
            Err(error) => error,
        };
        let mut said = Said::default();
        let code = told(&mut said, &error, &command, &typed, lang);
        // Whoever does not read on has seen enough.
        said.write().ok();
        Err(code)
    })
}

/// The language in which help is asked for, before anything was understood.
fn asked(typed: &[OsString]) -> Lang {
    let option = |name: &str| {
        let texts: Vec<_> = typed.iter().map(|word| word.to_string_lossy()).collect();
        let joined = texts.iter().find_map(|word| Some(word.strip_prefix(name)?.strip_prefix('=')?.to_owned()));
        joined.or_else(|| Some(texts.get(texts.iter().position(|word| word == name)? + 1)?.to_string()))
    };
    let file = option("--config");
    // What is wrong with the configuration is told where a command needs it.
    config::load(&mut Said::default(), file.as_deref().map(Path::new), Lang::Id).ok();
    language(match option("--lang").as_deref() {
        Some("id") => Some(Language::Id),
        Some("en") => Some(Language::En),
        _ => None,
    })
}

/// The commands with their texts.
pub fn spoken(lang: Lang) -> Command {
    let derived = Args::command().disable_help_subcommand(true);
    let with_texts = speak(derived, &[], lang);
    let mut built = with_texts.clone();
    built.build();
    with_usage(with_texts, &mut built, lang)
}

fn speak(command: Command, path: &[&str], lang: Lang) -> Command {
    let key = key_of(path);
    let about = Message::new(&key).render(lang);
    let long = format!("{key}-long");
    let more = if is_text(&long, lang) { format!("\n\n{}", Message::new(long).render(lang)) } else { String::new() };
    let heading = |key| (say(key, lang), command.get_styles().get_header());
    let (usage, style) = heading("cli-help-usage");
    let template = format!("{{about-with-newline}}\n{style}{usage}:{style:#} {{usage}}\n\n{{all-args}}{{after-help}}\n");
    let mut command = command
        .long_about(format!("{about}{more}"))
        .about(about)
        .help_template(template)
        .subcommand_help_heading(say("cli-help-commands", lang))
        .subcommand_value_name(say("cli-help-command", lang))
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help));
    if path.is_empty() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.after_help(say("cli-help-more", lang)).disable_version_flag(true).arg(version);
    }
    let mut place = 0;
    let command = command.mut_args(|arg| {
        place += 1;
        spoken_arg(arg, path, lang).display_order(place)
    });
    command.mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        speak(sub, &[path, &[name.as_str()]].concat(), lang)
    })
}

/// The key of a command's text.
fn key_of(path: &[&str]) -> String {
    if path.is_empty() { "help-paritrana".to_owned() } else { format!("help-{}", path.join("-")) }
}

/// The key of an option's text: its own, or that of all options of this name.
fn key_of_arg(path: &[&str], arg: &Arg) -> String {
    let name = arg.get_id().as_str().replace('_', "-");
    let own = format!("help-{}--{name}", path.join("-"));
    if is_text(&own, Lang::Id) { own } else { format!("help--{name}") }
}

fn spoken_arg(arg: Arg, path: &[&str], lang: Lang) -> Arg {
    let key = key_of_arg(path, &arg);
    let heading = match arg.get_id().as_str() {
        _ if arg.is_positional() => "cli-help-arguments",
        id if OWN.contains(&id) => "cli-help-general",
        _ => "cli-help-options",
    };
    let mut text = Message::new(&key).render(lang);
    let arg = arg.help_heading(say(heading, lang));
    if !arg.get_action().takes_values() {
        return arg.help(text);
    }
    // We tell both in our own words.
    let arg = arg.hide_possible_values(true).hide_default_value(true);
    let values = arg.get_possible_values();
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let default = Message::new("cli-help-default").text("value", defaults.join(" ")).render(lang);
    let long = lines(&values, &arg, &key, lang).map(|lines| match defaults.is_empty() {
        true => format!("{text}\n\n{lines}"),
        false => format!("{text} {default}\n\n{lines}"),
    });
    if !values.is_empty() {
        let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
        text += &format!(" {}", Message::new("cli-help-choices").text("values", names.join(", ")).render(lang));
    }
    if !defaults.is_empty() {
        text += &format!(" {default}");
    }
    let names: Vec<String> = arg.get_value_names().unwrap_or_default().iter().map(|name| word(name, lang)).collect();
    let arg = arg.help(text).value_names(names);
    match long {
        Some(long) => arg.long_help(long),
        None => arg,
    }
}

/// What stands for a value, as `FILE` does.
fn word(name: &str, lang: Lang) -> String {
    Message::new(format!("help-word-{}", name.to_lowercase().replace('_', "-"))).render(lang)
}

/// Each value that can be chosen with what it means.
fn lines(values: &[PossibleValue], arg: &Arg, key: &str, lang: Lang) -> Option<String> {
    let told = |value: &&PossibleValue| value.get_help().is_some() && !OWN.contains(&arg.get_id().as_str());
    let line = |value: &PossibleValue| format!("- {}: {}", value.get_name(), Message::new(key_of_value(key, value)).render(lang));
    let lines: Vec<String> = values.iter().filter(told).map(line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The key of a value's text; a value that is a sign goes by its other name.
fn key_of_value(key: &str, value: &PossibleValue) -> String {
    let plain = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    format!("{key}-{}", value.get_name_and_aliases().find(plain).unwrap_or_default())
}

/// Puts our words into the usage of every command; `built` knows how each is called.
fn with_usage(command: Command, built: &mut Command, lang: Lang) -> Command {
    let usage = built.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", &say("cli-help-some-options", lang));
    command.override_usage(usage).mut_subcommands(|sub| match built.find_subcommand_mut(sub.get_name()) {
        Some(built) => with_usage(sub, built, lang),
        None => sub,
    })
}

/// What was typed with `… --help` in the place of `help …`.
fn without_help_word(command: &Command, mut typed: Vec<OsString>) -> Vec<OsString> {
    let (names, end) = called(command, &typed);
    let is_help = typed.get(end).is_some_and(|word| word == "help");
    if is_help && command_of(command, &names).has_subcommands() {
        typed.remove(end);
        typed.push("--help".into());
    }
    typed
}

/// The commands that were typed one after the other, and where something else begins.
fn called(command: &Command, typed: &[OsString]) -> (Vec<String>, usize) {
    let (mut at, mut names, mut place) = (command, Vec::new(), 1);
    while let Some(word) = typed.get(place).map(|word| word.to_string_lossy()) {
        if word.starts_with('-') {
            place += if WITH_VALUE.contains(&word.as_ref()) { 2 } else { 1 };
            continue;
        }
        let Some(sub) = at.find_subcommand(word.as_ref()) else { break };
        names.push(word.into_owned());
        (at, place) = (sub, place + 1);
    }
    (names, place)
}

fn command_of<'c>(command: &'c Command, names: &[String]) -> &'c Command {
    names.iter().fold(command, |at, name| at.find_subcommand(name).unwrap_or(at))
}

/// Says what clap found: help, the version, or what is wrong with the next step.
fn told(said: &mut Said, error: &clap::Error, command: &Command, typed: &[OsString], lang: Lang) -> u8 {
    let page = error.render().ansi().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            said.line(page.trim_end());
            return DONE;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            said.complain(page.trim_end());
            return WRONG_USE;
        }
        _ => {}
    }
    let names = called(command, typed).0;
    let at = command_of(command, &names);
    said.refuse(&wrong(error), lang);
    if let Some(near) = near(error) {
        said.complain(Message::new("cli-config-near").text("key", near).render(lang));
    }
    if let Some(help) = text(error, ContextKind::InvalidArg).and_then(|shown| of_arg(at, &shown)).filter(|_| explains(error)) {
        said.complain(help);
    }
    let name = [&["paritrana".to_owned()][..], &names[..]].concat().join(" ");
    said.complain(Message::new("cli-use-next").text("command", name).render(lang));
    WRONG_USE
}

/// Whether it helps to be told what the option is for.
fn explains(error: &clap::Error) -> bool {
    !matches!(error.kind(), ErrorKind::UnknownArgument | ErrorKind::ArgumentConflict)
}

/// The text of the option that is shown like that.
fn of_arg(command: &Command, shown: &str) -> Option<String> {
    let arg = command.get_arguments().find(|arg| arg.to_string() == shown)?;
    Some(format!("{arg}: {}", arg.get_help()?))
}

/// What is wrong, in our words.
fn wrong(error: &clap::Error) -> Message {
    let of = |key: &'static str| {
        let mut message = Message::new(key);
        for (name, kind) in [
            ("option", ContextKind::InvalidArg),
            ("value", ContextKind::InvalidValue),
            ("other", ContextKind::PriorArg),
            ("command", ContextKind::InvalidSubcommand),
            ("known", ContextKind::ValidValue),
            ("commands", ContextKind::ValidSubcommand),
        ] {
            message = message.text(name, text(error, kind).unwrap_or_default());
        }
        message
    };
    match error.kind() {
        ErrorKind::InvalidValue if text(error, ContextKind::InvalidValue).is_none_or(|value| value.is_empty()) => {
            of("cli-use-no-value")
        }
        ErrorKind::InvalidValue if text(error, ContextKind::ValidValue).is_some_and(|known| !known.is_empty()) => {
            of("cli-use-no-choice")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => of("cli-use-value"),
        ErrorKind::UnknownArgument => of("cli-use-unknown"),
        ErrorKind::InvalidSubcommand => of("cli-use-command"),
        ErrorKind::MissingSubcommand => of("cli-use-no-command"),
        ErrorKind::MissingRequiredArgument => of("cli-use-missing"),
        ErrorKind::ArgumentConflict
            if text(error, ContextKind::PriorArg)
                .is_none_or(|other| other == text(error, ContextKind::InvalidArg).unwrap_or_default()) =>
        {
            of("cli-use-twice")
        }
        ErrorKind::ArgumentConflict => of("cli-use-conflict"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => of("cli-use-number"),
        ErrorKind::InvalidUtf8 => of("cli-use-utf8"),
        // Nothing that these commands can bring about; what clap says is better than nothing.
        _ => Message::new("cli-use-other").text("why", error.to_string().trim().to_owned()),
    }
}

/// What was perhaps meant.
fn near(error: &clap::Error) -> Option<String> {
    [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| text(error, kind))
        .filter(|text| !text.is_empty())
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the code says of a command or option, and the key of its text.
    fn told_in_code(command: &Command, path: &[&str], all: &mut Vec<(String, String)>) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        if let Some(long) = command.get_long_about() {
            let rest = long.to_string().split_once("\n\n").map(|(_, rest)| rest.to_owned());
            all.push((format!("{}-long", key_of(path)), rest.unwrap_or_default()));
        }
        all.push((key_of(path), about));
        for arg in command.get_arguments() {
            let key = key_of_arg(path, arg);
            for value in arg.get_possible_values() {
                if let Some(help) = value.get_help().filter(|_| !OWN.contains(&arg.get_id().as_str())) {
                    all.push((key_of_value(&key, &value), help.to_string()));
                }
            }
            all.push((key, arg.get_help().map(ToString::to_string).unwrap_or_default()));
        }
        for sub in command.get_subcommands() {
            told_in_code(sub, &[path, &[sub.get_name()]].concat(), all);
        }
    }

    #[test]
    fn every_command_option_and_value_has_its_text_in_both_languages() {
        let mut all = Vec::new();
        told_in_code(&Args::command(), &[], &mut all);
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let differing: Vec<_> = all
            .iter()
            .filter(|(key, english)| {
                let text = Message::new(key).render(Lang::En);
                plain(&text) != plain(english) || !is_text(key, Lang::Id) || Message::new(key).render(Lang::Id) == text
            })
            .map(|(key, english)| format!("{key} = {}", plain(english)))
            .collect();
        assert!(all.len() > 100 && differing.is_empty(), "texts/*/help.ftl need:\n{}", differing.join("\n"));
        let named: std::collections::BTreeSet<&str> = all.iter().map(|(key, _)| key.as_str()).collect();
        let mine = |key: &&String| key.starts_with("help-") && !key.starts_with("help-word-");
        let own = |key: &str| ["help--help", "help--version"].contains(&key);
        let keys: Vec<String> = words::keys(Lang::Id).into_iter().map(|(key, _)| key).collect();
        let unused: Vec<&String> = keys.iter().filter(mine).filter(|key| !named.contains(key.as_str()) && !own(key)).collect();
        assert_eq!(unused, Vec::<&String>::new(), "these are texts of no command");
    }

    fn pages(command: &mut Command, all: &mut Vec<String>) {
        all.extend([command.render_help().to_string(), command.render_long_help().to_string()]);
        command.get_subcommands_mut().for_each(|sub| pages(sub, all));
    }

    #[test]
    fn no_page_of_help_lacks_a_text_or_says_it_in_the_other_language() {
        for (lang, foreign) in [
            (
                Lang::Id,
                ["Usage:", "Options:", "Arguments:", "Commands:", "[OPTIONS]", "Print help", "possible values", "[one of:"],
            ),
            (
                Lang::En,
                ["Cara pakai:", "Opsi:", "Argumen:", "Perintah:", "[OPSI]", "Tampilkan", "[salah satu:", "bila tidak disebut"],
            ),
        ] {
            let (mut command, mut all) = (spoken(lang), Vec::new());
            command.build();
            pages(&mut command, &mut all);
            assert!(all.len() > 80);
            for page in all {
                let wrong: Vec<_> = foreign.iter().filter(|word| page.contains(*word)).collect();
                assert!(wrong.is_empty() && !page.contains("{help"), "{wrong:?} in\n{page}");
            }
        }
    }
}
