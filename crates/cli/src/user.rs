//! `paritrana user …`: who may sign in. Whoever can run these commands administers the machine, and stands in the record as `console`.

use anyhow::Result;
use award::{CandidateId, Grant, JurorId, PersonId, Role, Scope};
use jiff::civil::{Date, Time};
use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use office::{Account, AccountEvent, Office, Standing};
use store::{Reader, Store};
use words::{Lang, Message};

use crate::args::{Database, RoleArgs, UserCommand};
use crate::database::{asynchronously, place};
use crate::screen::{QUIET, STRONG, Said, Table};
use crate::{DONE, REFUSED, WRONG_USE, config, sign_in};

/// Who acts at the command line.
pub const CONSOLE: &str = "console";

/// `paritrana user …`.
pub fn run(said: &mut Said, command: UserCommand, lang: Lang) -> Result<u8> {
    let at = Timestamp::now();
    match command {
        UserCommand::Add { id, name, email, database } => with(said, &database, lang, async |said, office| {
            let account = Account { person: PersonId::new(id), name, email, standing: Standing::Invited, grants: Vec::new() };
            let account = office.add_user(&CONSOLE.into(), at, account).await?;
            told(said, "cli-user-added", &account.person, lang);
            Ok(DONE)
        }),
        UserCommand::Give { role, database } => give_or_take(said, &role, &database, true, lang),
        UserCommand::Take { role, database } => give_or_take(said, &role, &database, false, lang),
        UserCommand::Invite { id, database } => with(said, &database, lang, async |said, office| {
            let mut random = [0; 16];
            if getrandom::fill(&mut random).is_err() {
                said.refuse_with_next(&Message::new("cli-no-randomness"), lang);
                return Ok(crate::FAILED);
            }
            let invitation = office.invite_user(&CONSOLE.into(), at, &PersonId::new(id), random).await?;
            let until = invitation.until.to_zoned(jiff::tz::TimeZone::UTC).date();
            let message = Message::new("cli-invitation").text("person", invitation.person.as_str());
            said.line(message.text("code", &invitation.code).date("until", until).render(lang));
            Ok(DONE)
        }),
        UserCommand::Come { code, database } => with(said, &database, lang, async |said, office| {
            let Some(account) = office.take_invitation(&code, at).await? else {
                said.refuse(&Message::new("cli-code-not-taken"), lang);
                said.complain(Message::new("cli-code-not-taken-next").render(lang));
                return Ok(REFUSED);
            };
            told(said, "cli-user-came", &account.person, lang);
            Ok(DONE)
        }),
        UserCommand::Disable { id, reason, database } => with(said, &database, lang, async |said, office| {
            let account = office.disable_user(&CONSOLE.into(), at, &PersonId::new(id), &reason).await?;
            told(said, "cli-user-disabled", &account.person, lang);
            Ok(DONE)
        }),
        UserCommand::Enable { id, reason, database } => with(said, &database, lang, async |said, office| {
            let account = office.enable_user(&CONSOLE.into(), at, &PersonId::new(id), &reason).await?;
            told(said, "cli-user-enabled", &account.person, lang);
            Ok(DONE)
        }),
        UserCommand::Link { id, address, database } => {
            if let Some(why) = address.as_deref().and_then(config::unreachable_pages) {
                said.refuse_with_next(&why, lang);
                return Ok(WRONG_USE);
            }
            with(said, &database, lang, async |said, office| sign_in::link(said, office, &id, address, lang).await)
        }
        UserCommand::ResetTotp { id, reason, database } => with(said, &database, lang, async |said, office| {
            sign_in::reset_totp(said, office, &PersonId::new(id), &reason, lang).await
        }),
        UserCommand::Sessions { id, end, database } => {
            with(said, &database, lang, async |said, office| sign_in::sessions(said, office, &PersonId::new(id), end, lang).await)
        }
        UserCommand::Log { person, database } => with(said, &database, lang, async |said, office| {
            let mut table = Table::headed(&["list-when", "list-person", "list-by", "list-done"], lang);
            for done in office.account_log(person.map(PersonId::new).as_ref()).await? {
                let event = event(&done.event, lang);
                table.row(vec![
                    (done.at, QUIET),
                    (done.person.to_string(), STRONG),
                    (done.by.to_string(), QUIET),
                    (event, STRONG),
                ]);
            }
            told_or_empty(said, &table, "cli-user-log-empty", lang);
            Ok(DONE)
        }),
        UserCommand::List { database, why } => with(said, &database, lang, async |said, office| {
            let mut table = Table::headed(&["list-person", "list-name", "list-standing", "list-roles"], lang);
            let reader = Reader { person: CONSOLE.into(), at, page: "user list".into(), why };
            for account in office.users_shown(&reader).await? {
                let standing = Message::new(format!("user-standing-{}", account.standing.name())).render(lang);
                let roles: Vec<String> = account.grants.iter().map(|grant| shown(grant, lang)).collect();
                table.row(vec![
                    (account.person.to_string(), STRONG),
                    (account.name, STRONG),
                    (standing, QUIET),
                    (roles.join("; "), QUIET),
                ]);
            }
            told_or_empty(said, &table, "cli-user-list-empty", lang);
            Ok(DONE)
        }),
    }
}

/// A table, or what it means that nothing stands in it.
fn told_or_empty(said: &mut Said, table: &Table, empty: &'static str, lang: Lang) {
    let lines = table.lines(0);
    if lines.is_empty() {
        said.complain(Message::new(empty).render(lang));
    }
    lines.into_iter().for_each(|line| said.line(line));
}

/// What was done to an account, in words.
fn event(event: &AccountEvent, lang: Lang) -> String {
    let role = |key: &'static str, grant: &Grant| Message::new(key).text("role", shown(grant, lang));
    let message = match event {
        AccountEvent::Added => Message::new("account-added"),
        AccountEvent::Given(grant) => role("account-given", grant),
        AccountEvent::Taken(grant) => role("account-taken", grant),
        AccountEvent::Invited => Message::new("account-invited"),
        AccountEvent::Came => Message::new("account-came"),
        AccountEvent::Disabled(reason) => Message::new("account-disabled").text("reason", reason),
        AccountEvent::Enabled(reason) => Message::new("account-enabled").text("reason", reason),
        AccountEvent::Erased => Message::new("account-erased"),
        AccountEvent::CameWithPassword => Message::new("account-came-with-password"),
        AccountEvent::PasswordSet => Message::new("account-password-set"),
        AccountEvent::SecondStepEnrolled => Message::new("account-second-step-enrolled"),
        AccountEvent::SecondStepReset(reason) => Message::new("account-second-step-reset").text("reason", reason),
        AccountEvent::RecoveryCodeTaken => Message::new("account-recovery-code-taken"),
        AccountEvent::SignInsEnded => Message::new("account-sign-ins-ended"),
        AccountEvent::LinkMade => Message::new("account-link-made"),
    };
    message.render(lang)
}

pub fn with(
    said: &mut Said,
    database: &Database,
    lang: Lang,
    work: impl AsyncFnOnce(&mut Said, &Office) -> office::Result<u8>,
) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let office = Office::new(Store::open(&place(database)?).await?);
        let code = work(said, &office).await;
        office.store().close().await;
        code
    })
}

pub fn told(said: &mut Said, key: &'static str, person: &PersonId, lang: Lang) {
    said.line(Message::new(key).text("person", person.as_str()).render(lang));
}

fn give_or_take(said: &mut Said, args: &RoleArgs, database: &Database, gives: bool, lang: Lang) -> Result<u8> {
    let grant = match grant(args) {
        // What was given before may still be taken.
        Ok(grant) if gives && grant.role == Role::Public => {
            said.refuse_with_next(&Message::new("cli-role-public").text("known", given()), lang);
            return Ok(WRONG_USE);
        }
        Ok(grant) => grant,
        Err(message) => {
            said.refuse_with_next(&message, lang);
            return Ok(WRONG_USE);
        }
    };
    with(said, database, lang, async |said, office| {
        let (person, at) = (PersonId::new(&args.id), Timestamp::now());
        if !gives && lacks(said, office, &person, &grant, lang).await? {
            return Ok(REFUSED);
        }
        if let Some(why) = office.unfit_role(&grant).await?.filter(|_| gives) {
            said.refuse_with_next(&why, lang);
            return Ok(WRONG_USE);
        }
        let account = if gives {
            office.give_role(&CONSOLE.into(), at, &person, grant.clone()).await?
        } else {
            office.take_role(&CONSOLE.into(), at, &person, &grant).await?
        };
        let roles: Vec<String> = account.grants.iter().map(|grant| shown(grant, lang)).collect();
        let key = if roles.is_empty() { "cli-user-no-role" } else { "cli-user-roles" };
        said.line(Message::new(key).text("person", person.as_str()).text("roles", roles.join("; ")).render(lang));
        Ok(if gives == account.grants.contains(&grant) { DONE } else { REFUSED })
    })
}

/// Whether somebody does not have the role that is to be taken away; then the roles there are have been told.
async fn lacks(said: &mut Said, office: &Office, person: &PersonId, grant: &Grant, lang: Lang) -> office::Result<bool> {
    let users = office.users().await?;
    let Some(account) = users.iter().find(|account| account.person == *person) else { return Ok(false) };
    if account.grants.contains(grant) {
        return Ok(false);
    }
    let roles: Vec<String> = account.grants.iter().map(|grant| shown(grant, lang)).collect();
    let roles = if roles.is_empty() { "–".to_owned() } else { roles.join("; ") };
    let message = Message::new("cli-user-lacks").text("person", person.as_str()).text("role", shown(grant, lang));
    said.refuse_with_next(&message.text("roles", roles), lang);
    Ok(true)
}

/// The roles that can be given: everybody is the public.
fn given() -> String {
    Role::ALL.into_iter().filter(|role| *role != Role::Public).map(Role::name).collect::<Vec<_>>().join(", ")
}

/// The role that was typed.
fn grant(args: &RoleArgs) -> Result<Grant, Message> {
    let instant = |text: &Option<String>, of_day: fn(Date) -> Timestamp| {
        let day = |text: &String| text.parse::<Date>().ok().map(of_day);
        let parse = |text: &String| {
            let found = text.parse().ok().or_else(|| day(text));
            found.ok_or_else(|| Message::new("cli-no-instant").text("text", text))
        };
        text.as_ref().map(parse).transpose()
    };
    let role = Role::ALL.into_iter().find(|role| role.name() == args.role);
    let role = role.ok_or_else(|| Message::new("cli-no-role").text("role", &args.role).text("known", given()))?;
    let missing = |what: &str| Err(Message::new("cli-role-needs").message("role", role.label()).text("option", what));
    if role == Role::Candidate && args.organisation.is_none() {
        return missing("--organisation");
    }
    if matches!(role, Role::Juror | Role::Aide) && args.juror.is_none() {
        return missing("--juror");
    }
    if role == Role::Regency && args.area.is_empty() {
        return missing("--area");
    }
    let scope = Scope {
        edition: args.edition.clone(),
        level: args.level.clone(),
        region: args.region.clone(),
        area: args.area.clone(),
        category: args.category.clone(),
        organisation: args.organisation.clone().map(CandidateId::new),
        juror: args.juror.clone().map(JurorId::new),
    };
    Ok(Grant { role, scope, from: instant(&args.from, begins)?, until: instant(&args.until, ends)? })
}

/// The first instant of a day in western Indonesia, where the award is run from.
fn begins(day: Date) -> Timestamp {
    TimeZone::fixed(offset(7)).to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MIN)
}

/// The last microsecond of a day there: a role holds also at its end.
fn ends(day: Date) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, begins) - SignedDuration::from_micros(1)
}

/// A role with its reach, on one line.
fn shown(grant: &Grant, lang: Lang) -> String {
    let Scope { edition, level, region, area, category, organisation, juror } = &grant.scope;
    let mut parts: Vec<&str> = [edition, level, region, category].into_iter().flatten().map(String::as_str).collect();
    parts.extend(area.iter().map(String::as_str));
    parts.extend(organisation.as_ref().map(CandidateId::as_str));
    parts.extend(juror.as_ref().map(JurorId::as_str));
    let role = grant.role.label().render(lang);
    if parts.is_empty() { role } else { format!("{role} ({})", parts.join(", ")) }
}
