//! `paritrana user link`, `user reset-totp` and `user sessions`: what an administrator at the machine does for somebody who cannot get in, or whose
//! telephone or laptop is lost. All of it stands in the account's record.

use award::PersonId;
use jiff::Timestamp;
use office::{Limits, Office, Secret};
use words::{Lang, Message};

use crate::screen::{QUIET, STRONG, Said, Table, say};
use crate::user::{CONSOLE, told};
use crate::{DONE, FAILED, config};

/// `paritrana user link`.
pub async fn link(said: &mut Said, office: &Office, person: &str, address: Option<String>, lang: Lang) -> office::Result<u8> {
    let mut random = [0; 32];
    if getrandom::fill(&mut random).is_err() {
        said.refuse_with_next(&Message::new("cli-no-randomness"), lang);
        return Ok(FAILED);
    }
    let address = address.or_else(|| config::value(config::ADDRESS)).unwrap_or_default();
    let link = office.make_link(&CONSOLE.into(), Timestamp::now(), &person.into(), Secret::new(random)).await?;
    let message = Message::new("cli-user-link").text("person", person).text("link", link.under(&address));
    said.line(message.text("until", minute(link.until)).render(lang));
    Ok(DONE)
}

/// `paritrana user reset-totp`.
pub async fn reset_totp(said: &mut Said, office: &Office, person: &PersonId, reason: &str, lang: Lang) -> office::Result<u8> {
    office.reset_second_step(&CONSOLE.into(), Timestamp::now(), person, reason).await?;
    told(said, "cli-user-second-step-reset", person, lang);
    Ok(DONE)
}

/// `paritrana user sessions`: lists where somebody is signed in, or ends it all.
pub async fn sessions(said: &mut Said, office: &Office, person: &PersonId, ends: bool, lang: Lang) -> office::Result<u8> {
    let now = Timestamp::now();
    if ends {
        office.end_all_sign_ins(&CONSOLE.into(), now, person).await?;
        told(said, "cli-user-sign-ins-ended", person, lang);
        return Ok(DONE);
    }
    let sign_ins = office.sign_ins_of(person, now, &Limits::default()).await?;
    let mut table = Table::new(&[false, false, false]);
    for one in &sign_ins {
        let browser = if one.browser.is_empty() { say("cli-sign-in-unnamed", lang) } else { one.browser.clone() };
        table.row(vec![(minute(one.since), STRONG), (minute(one.seen), STRONG), (browser, QUIET)]);
    }
    table.lines(0).into_iter().for_each(|line| said.line(line));
    let message = Message::new("cli-user-sign-ins").text("person", person.as_str());
    said.line(message.number("count", sign_ins.len()).render(lang));
    Ok(DONE)
}

/// An instant to the minute, in UTC.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%MZ").to_string()
}
