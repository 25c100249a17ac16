//! The interview: when and where, the answer to the invitation, whom the candidate sends, what it will show, and who came.

use award::candidate::{HearingLine, Stand, Step};
use award::cycle::tables::Came;
use award::schedule::{Answer as Replied, Delegate, Invited, Reply, Sending};
use axum::extract::multipart::Field;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use office::{Coming, Done, Taken};
use serde::Deserialize;
use tokio::io::AsyncSeekExt;
use words::Message;

use super::upload::{read_field, short, to_disk};
use super::{Top, Way, Wrong, asks, go, new_key, open, open_again, settled, show_wrong, size, when};
use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::refused::Refused;
use crate::sent::{Sent, TOKEN};
use crate::who::SignedIn;

/// The query of the page after an answer was taken.
const ANSWERED: &str = "?terjawab";

/// Beside which form something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Answer,
    Delegation,
    Material,
}

/// What was typed into the forms.
#[derive(Debug, Clone, Default)]
struct Typed {
    reason: String,
    name: String,
    post: String,
    rank: String,
    others: String,
    title: String,
}

#[derive(askama::Template)]
#[template(path = "candidate/hearing.html")]
struct Page {
    f: Frame,
    top: Top,
    hearing: Option<HearingLine>,
    /// Whether whoever looks acts for the candidate: nobody else answers for it.
    is_own: bool,
    /// How far the step of the interview is.
    stand: Option<Stand>,
    beside: Beside,
    wrong: Option<Wrong>,
    key: String,
    reason: String,
    typed: Typed,
    /// Whether an answer was just taken: what the browser kept of it is to be forgotten.
    answered: bool,
}

impl Page {
    fn chip(hearing: &HearingLine) -> (&'static str, &'static str, &'static str) {
        match (hearing.attended, hearing.invited) {
            (Some(Came::Absent), _) => ("tolak", "–", "web-candidate-absent"),
            (Some(Came::Excused), _) | (None, Invited::Excused) => ("tolak", "–", "web-candidate-excused"),
            (Some(Came::Present), _) | (None, Invited::Present) => ("baik", "✓", "web-candidate-present"),
            (None, Invited::Invited) => ("tunggu", "◷", "web-candidate-invited"),
            (None, Invited::Confirmed) => ("baik", "✓", "web-candidate-confirmed"),
        }
    }

    /// Whether it is on record that somebody came. What is to be prepared is told no more then.
    fn has_come(hearing: &HearingLine) -> bool {
        hearing.attended == Some(Came::Present)
    }

    /// Whether the delegation is shown as it was named: once it has come, only where others came.
    fn shows_sent(hearing: &HearingLine) -> bool {
        !Self::has_come(hearing) || (!hearing.sent.is_empty() && hearing.sent != hearing.came)
    }

    fn asked(&self, hearing: &HearingLine) -> String {
        let asked: Vec<String> = hearing.asked.iter().map(|one| self.f.tell(one)).collect();
        asked.join("; ")
    }

    /// Why there is no time, and what then: it is still to come, has gone by, or never comes.
    fn without_time(&self) -> (&'static str, &'static str) {
        match self.stand {
            Some(Stand::LeftOut) => ("web-candidate-no-hearing-here", "web-candidate-no-hearing-here-how"),
            Some(Stand::Done | Stand::Ended) => ("web-candidate-no-hearing-over", "web-candidate-no-hearing-over-how"),
            Some(Stand::Now | Stand::Ahead) | None => ("web-candidate-no-hearing", "web-candidate-no-hearing-how"),
        }
    }

    /// Whether the invitation was answered; the answer can still be changed.
    fn has_answered(&self) -> bool {
        self.hearing.as_ref().is_some_and(|hearing| hearing.invited != Invited::Invited)
    }

    fn when(&self, at: &jiff::Timestamp) -> String {
        when(&self.f, &self.top, at)
    }

    fn size(&self, bytes: &u64) -> String {
        size(&self.f, *bytes)
    }

    fn place(hearing: &HearingLine) -> String {
        match &hearing.session.place {
            award::schedule::Place::Room(room) => room.clone(),
            award::schedule::Place::Video(address) => address.clone(),
        }
    }
}

/// The delegation as it stands, for the form that changes it.
fn as_typed(hearing: Option<&HearingLine>) -> Typed {
    let Some((speaker, others)) = hearing.and_then(|hearing| hearing.sent.split_first()) else { return Typed::default() };
    let line = |one: &Delegate| format!("{}; {}", one.name, one.post);
    Typed {
        name: speaker.name.clone(),
        post: speaker.post.clone(),
        rank: speaker.rank.clone().unwrap_or_default(),
        others: others.iter().map(line).collect::<Vec<_>>().join("\n"),
        ..Typed::default()
    }
}

type Said = Option<(Beside, Wrong, Typed)>;

async fn page(app: &App, signed: &SignedIn, way: &Way, said: Said) -> Result<Page, Refused> {
    let opened = match &said {
        Some(_) => open_again(app, signed, way, "interview").await?,
        None => open(app, signed, way, "interview").await?,
    };
    let f = opened.frame(app, signed, "web-candidate-hearing").helped_by("wawancara");
    let interview = opened.desk.stepper.steps.iter().find(|line| line.step == Step::Interview);
    let stand = interview.map(|line| line.stand);
    let (hearing, is_own) = (opened.desk.hearing, opened.desk.is_own);
    let (beside, wrong, typed) = match said {
        Some((beside, wrong, typed)) => (beside, Some(wrong), typed),
        None => (Beside::Answer, None, as_typed(hearing.as_ref())),
    };
    let answered = signed.visit.asked.query == ANSWERED;
    Ok(Page {
        f,
        top: opened.top,
        hearing,
        is_own,
        stand,
        beside,
        wrong,
        key: new_key(),
        reason: typed.reason.clone(),
        typed,
        answered,
    })
}

/// `GET …/wawancara`.
pub(crate) async fn invitation(State(app): State<App>, signed: SignedIn, Path(way): Path<Way>) -> Answer {
    show(&page(&app, &signed, &way, None).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answered {
    kunci: String,
    jawaban: String,
    alasan: String,
}

/// `POST …/wawancara`.
pub(crate) async fn reply(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Sent(sent): Sent<Answered>,
) -> Result<Response, Response> {
    replied(&app, &signed, &way, sent).await.map_err(IntoResponse::into_response)
}

async fn replied(app: &App, signed: &SignedIn, way: &Way, sent: Answered) -> Answer {
    let opened = open(app, signed, way, "interview").await?;
    let f = opened.frame(app, signed, "web-candidate-hearing").helped_by("wawancara");
    let reply = match sent.jawaban.as_str() {
        "hadir" => Reply::Confirmed,
        "berhalangan" => Reply::Excused { reason: sent.alasan.trim().to_owned() },
        _ => return Err(Refused::new(StatusCode::UNPROCESSABLE_ENTITY, Message::new("web-form-answer"))),
    };
    let place = opened.place;
    let answer = Replied { candidate: place.id, reply };
    let asked = asks(signed, &sent.kunci)?;
    let done = settled(app.office().answer_invitation(&place.edition, &asked, place.key, answer).await)?;
    let typed = Typed { reason: sent.alasan, ..Typed::default() };
    ended(app, signed, way, &f, Ok(done), (Beside::Answer, typed)).await
}

/// Back to the page where it was done; else the page with what was typed and the reason beside its form.
async fn ended(
    app: &App,
    signed: &SignedIn,
    way: &Way,
    f: &Frame,
    done: Taken<Done>,
    (beside, typed): (Beside, Typed),
) -> Answer {
    let wrong = match &done {
        Ok(done) => Wrong::left(f, done),
        Err(why) => Some(Wrong::by_rule(f, why)),
    };
    let place = match beside {
        Beside::Answer => ANSWERED,
        Beside::Delegation => "#rombongan",
        Beside::Material => "#bahan",
    };
    match wrong {
        None => Ok(go(f, &format!("{}/wawancara{place}", super::Place::of(app, way).await?.base))),
        Some(wrong) => show_wrong(&page(app, signed, way, Some((beside, wrong, typed))).await?),
    }
}

/// A form with a file, as it came.
#[derive(Default)]
struct Form {
    key: String,
    typed: Typed,
    file: Option<Coming<tokio::fs::File>>,
}

fn not_understood() -> Refused {
    Refused::new(StatusCode::UNPROCESSABLE_ENTITY, Message::new("web-hearing-form"))
}

/// Reads a form with its fields before its file; the token comes first of all, so that nothing of a stranger's form is kept.
async fn receive(app: &App, signed: &SignedIn, mut form: Multipart) -> Result<Form, Refused> {
    let (mut read, mut is_own) = (Form::default(), false);
    while let Some(field) = form.next_field().await.map_err(|_| not_understood())? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            TOKEN => is_own = signed.who.is_own_form(&short(field).await?),
            _ if !is_own => return Err(Refused::new(StatusCode::UNPROCESSABLE_ENTITY, Message::new("web-form-token"))),
            "kunci" => read.key = short(field).await?,
            "nama" => read.typed.name = short(field).await?,
            "jabatan" => read.typed.post = short(field).await?,
            "jenjang" => read.typed.rank = short(field).await?,
            "pendamping" => read.typed.others = long(field).await?,
            "judul" => read.typed.title = short(field).await?,
            "berkas" if read.file.is_none() => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let (mut content, size) = to_disk(field, app.settings().uploads.bytes_of_file).await?;
                content.rewind().await.map_err(Refused::broken)?;
                read.file = Some(Coming { name, size, content }).filter(|file| file.size > 0);
            }
            _ => return Err(not_understood()),
        }
    }
    if is_own { Ok(read) } else { Err(Refused::new(StatusCode::UNPROCESSABLE_ENTITY, Message::new("web-form-token"))) }
}

/// A field of several lines.
async fn long(field: Field<'_>) -> Result<String, Refused> {
    read_field(field, 32 << 10).await?.ok_or_else(not_understood)
}

/// As `settled`, for an act whose file may be refused first.
fn settled_with(done: Result<Taken<Done>, office::Error>) -> Result<Taken<Done>, Refused> {
    match done {
        Ok(Err(refusal)) => Ok(Err(refusal)),
        Ok(Ok(done)) => Ok(Ok(done)),
        Err(error) => settled(Err(error)).map(Ok),
    }
}

/// A line of those who come along: name and post, with a semicolon between. Names have commas of their own ("Budi Santoso, S.E., M.M."), so a comma
/// does only where it is the one in its line.
fn name_and_post(line: &str) -> Option<(&str, &str)> {
    let (name, post) = line.split_once(';').or_else(|| line.split_once(',').filter(|(_, post)| !post.contains(',')))?;
    Some((name.trim(), post.trim())).filter(|(name, post)| !name.is_empty() && !post.is_empty())
}

/// The delegation as typed; none where a line has no post.
fn delegation(typed: &Typed) -> Option<Vec<Delegate>> {
    let text = |text: &str| text.trim().to_owned();
    let rank = Some(text(&typed.rank)).filter(|rank| !rank.is_empty());
    let speaker = Delegate { name: text(&typed.name), post: text(&typed.post), rank, letter: None };
    let line = |line: &str| {
        let (name, post) = name_and_post(line)?;
        Some(Delegate { name: name.to_owned(), post: post.to_owned(), rank: None, letter: None })
    };
    let others = typed.others.lines().filter(|line| !line.trim().is_empty()).map(line);
    std::iter::once(Some(speaker)).chain(others).collect()
}

/// `POST …/wawancara/rombongan`: whom the candidate sends, with the letter.
pub(crate) async fn send(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    form: Multipart,
) -> Result<Response, Response> {
    sent(&app, &signed, &way, form).await.map_err(IntoResponse::into_response)
}

async fn sent(app: &App, signed: &SignedIn, way: &Way, form: Multipart) -> Answer {
    let opened = open(app, signed, way, "interview").await?;
    let f = opened.frame(app, signed, "web-candidate-hearing").helped_by("wawancara");
    let place = opened.place;
    let _turn = app.sending(&signed.who.person)?;
    let form = receive(app, signed, form).await?;
    let Some(delegation) = delegation(&form.typed) else {
        let wrong = Wrong::of(&f, "web-hearing-line");
        return show_wrong(&page(app, signed, way, Some((Beside::Delegation, wrong, form.typed))).await?);
    };
    let (asked, rules) = (asks(signed, &form.key)?, &app.settings().uploads);
    let sending = Sending { candidate: place.id, delegation };
    let done =
        settled_with(app.office().send_delegation_with(&place.edition, &asked, rules, place.key, sending, form.file).await)?;
    ended(app, signed, way, &f, done, (Beside::Delegation, form.typed)).await
}

/// `POST …/wawancara/bahan`: what the candidate will show.
pub(crate) async fn hand_in(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    form: Multipart,
) -> Result<Response, Response> {
    handed_in(&app, &signed, &way, form).await.map_err(IntoResponse::into_response)
}

async fn handed_in(app: &App, signed: &SignedIn, way: &Way, form: Multipart) -> Answer {
    let opened = open(app, signed, way, "interview").await?;
    let f = opened.frame(app, signed, "web-candidate-hearing").helped_by("wawancara");
    let place = opened.place;
    let _turn = app.sending(&signed.who.person)?;
    let form = receive(app, signed, form).await?;
    let Some(file) = form.file else {
        let wrong = Wrong::of(&f, "web-hearing-no-file");
        return show_wrong(&page(app, signed, way, Some((Beside::Material, wrong, form.typed))).await?);
    };
    let (asked, rules) = (asks(signed, &form.key)?, &app.settings().uploads);
    let of = (place.id, form.typed.title.trim().to_owned());
    let done = settled_with(app.office().hand_in_material_with(&place.edition, &asked, rules, place.key, of, file).await)?;
    ended(app, signed, way, &f, done, (Beside::Material, form.typed)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delegation_is_read_line_by_line_and_nobody_comes_without_a_post() {
        let typed =
            |others: &str| Typed { name: " Ani ".into(), post: "Sekda".into(), others: others.into(), ..Typed::default() };
        let names = |others: &str| {
            let read = delegation(&typed(others))?;
            Some(read.into_iter().map(|one| format!("{}|{}", one.name, one.post)).collect::<Vec<_>>().join(";"))
        };
        assert_eq!(names("").as_deref(), Some("Ani|Sekda"));
        assert_eq!(
            names("Budi, Kepala Dinas\r\n\r\nCici, S.E., M.M.; Kabid, Disnaker\n").as_deref(),
            Some("Ani|Sekda;Budi|Kepala Dinas;Cici, S.E., M.M.|Kabid, Disnaker")
        );
        let unclear = ["Budi", "Cici, S.E., Kabid", "Cici;", "; Kabid", "Cici,"];
        assert_eq!(unclear.map(names), [const { None }; 5], "a name with a degree is not torn apart");
    }
}
