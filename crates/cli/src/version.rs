//! `paritrana rulebook keep` and `paritrana rulebook move`: another version of an edition's rulebook, and the rounds that go by it.

use anyhow::Result;
use award::RoundKey;
use office::Done;
use words::{Lang, Message};

use crate::args::{Database, Version};
use crate::edition::{asks, refused, sound};
use crate::screen::{GOOD, Said, paint, say, width, wrapped};
use crate::user::with;
use crate::{DONE, REFUSED, WRONG_USE};

/// `paritrana rulebook keep`.
pub fn keep(said: &mut Said, version: &Version, database: &Database, lang: Lang) -> Result<u8> {
    let Some((rules, text)) = sound(said, &version.file, lang)? else { return Ok(REFUSED) };
    let id = version.edition.as_deref().unwrap_or(&rules.edition.id);
    with(said, database, lang, async |said, office| {
        let edition = office.store().edition(id).await?;
        let kept = match office.keep_version(&edition, &text, &asks(&version.person)).await? {
            Ok(kept) => kept,
            Err(why) => return Ok(refused(said, &why, lang)),
        };
        let message = Message::new("cli-version-kept").text("edition", id).text("version", &kept.pin.version);
        said.line(paint(GOOD, message.render(lang)));
        said.line(Message::new("cli-seal-hash").text("hash", &kept.pin.hash).render(lang));
        differences(said, &kept.differences, lang);
        said.line(say("cli-version-kept-next", lang));
        Ok(DONE)
    })
}

/// `paritrana rulebook move`.
pub fn move_round(
    said: &mut Said,
    version: &Version,
    (round, reason): (&str, &str),
    database: &Database,
    lang: Lang,
) -> Result<u8> {
    let Some(key) = RoundKey::parse(round) else {
        said.refuse_with_next(&Message::new("cli-import-no-round").text("round", round), lang);
        return Ok(WRONG_USE);
    };
    let Some((rules, text)) = sound(said, &version.file, lang)? else { return Ok(REFUSED) };
    let id = version.edition.as_deref().unwrap_or(&rules.edition.id);
    with(said, database, lang, async |said, office| {
        let edition = office.store().edition(id).await?;
        let moved = match office.move_round(&edition, &key, &text, reason, &asks(&version.person)).await? {
            Ok(moved) => moved,
            Err(Done::Refused(why)) => return Ok(refused(said, &why, lang)),
            Err(_) => return Ok(REFUSED),
        };
        differences(said, &moved.differences, lang);
        let done = if moved.is_adopted { "cli-version-moved" } else { "cli-version-proposed" };
        let message = Message::new(done).text("round", round).text("version", &moved.to.version);
        let message = message.text("person", &version.person).text("proposer", moved.proposer.as_str());
        said.line(paint(GOOD, message.render(lang)));
        Ok(DONE)
    })
}

fn differences(said: &mut Said, differences: &[Message], lang: Lang) {
    for difference in differences {
        said.line(wrapped(&format!("- {}", difference.render(lang)), 0, width()));
    }
}
