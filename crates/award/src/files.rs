//! Which files an act names by the SHA-256 of their content: documents of a dossier, pages that show a figure, letters, pictures, a
//! vintage. Whoever records an act keeps each of them beside it, so that an auditor finds what was looked at. A deed that is added does not
//! compile without a line here.

use std::collections::BTreeMap;

use words::Message;

use crate::act::Deed;
use crate::evidence::{Evidence, FileRef};
use crate::id::FileHash;
use crate::limit;
use crate::refusal::Refusal;

/// The kinds of file that are kept, as a store names them.
pub const KINDS: [&str; 6] = ["pdf", "png", "jpeg", "xlsx", "docx", "text"];

/// Whether a file of a kind may be what a checklist calls a format: a table in CSV is a text to whoever looks at its content.
///
/// ```
/// use award::files::is_of;
///
/// assert!(is_of("pdf", "pdf") && is_of("csv", "text"));
/// assert!(!is_of("pdf", "text") && !is_of("mp4", "text"));
/// ```
pub fn is_of(format: &str, kind: &str) -> bool {
    format == kind || (format, kind) == ("csv", "text")
}

/// Longest name of a file that is shown, in characters.
const SHOWN_CHARS_MAX: usize = 120;

/// What a file is called, fit to be shown and never to be used as a path: without folders, quotes, what nobody can see, and what turns the
/// reading direction around. A long name keeps its ending.
///
/// ```
/// use award::files::shown_name;
///
/// assert_eq!(shown_name("../../etc/passwd"), "passwd");
/// assert_eq!(shown_name("C:\\Berkas\\SK \"baru\".pdf"), "SK 'baru'.pdf");
/// assert_eq!(shown_name("laporan\u{202e}fdp.exe\r\n"), "laporanfdp.exe");
/// assert_eq!(shown_name("..\0"), "berkas");
/// ```
pub fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let is_seen = |c: &char| limit::is_printable(*c);
    let plain = |c: char| match c {
        '"' | '`' | '\u{201c}' | '\u{201d}' => '\'',
        '<' | '>' | ':' | '|' | '?' | '*' => '-',
        other => other,
    };
    let shown: Vec<char> = last.chars().filter(is_seen).map(plain).collect();
    let shown: String = match shown.len() {
        0..=SHOWN_CHARS_MAX => shown.into_iter().collect(),
        long => shown[..100].iter().chain(&['…']).chain(&shown[long - 19..]).collect(),
    };
    let shown = shown.trim();
    if shown.trim_matches('.').is_empty() { "berkas".to_owned() } else { shown.to_owned() }
}

/// A file that a deed names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedFile {
    /// 64 lower-case hexadecimal digits, if the deed is one that may be decided.
    pub hash: String,
    /// What people call it: its name, or what it belongs to.
    pub name: String,
    /// Size in bytes and format, where the deed tells them.
    pub told: Option<(u64, String)>,
}

/// What is known of a file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// In bytes.
    pub size: u64,
    /// What its content shows it to be: one of [`KINDS`].
    pub kind: String,
}

/// The files that a deed names, in the order in which it names them.
///
/// ```
/// use award::{CandidateId, ContestKey, Deed, RoundKey, files::named};
///
/// let round = RoundKey { level: "nation".into(), region: None };
/// let contest = ContestKey { round, category: "kabkota".into() };
/// assert!(named(&Deed::SubmitDossier(contest, CandidateId::from("badung"))).is_empty());
/// ```
pub fn named(deed: &Deed) -> Vec<NamedFile> {
    match deed {
        Deed::HandInItem(_, item) => {
            let file = &item.file;
            let told = Some((file.bytes, file.format.clone()));
            vec![NamedFile { hash: file.hash.clone(), name: format!("{} ({})", item.document, file.name), told }]
        }
        Deed::CheckClaim(_, check) => pages(&check.evidence),
        Deed::ReportVisit(_, visit) => visit.files.iter().map(called).collect(),
        Deed::SendDelegation(_, sending) => sending.delegation.iter().filter_map(|one| one.letter.as_ref()).map(called).collect(),
        Deed::HandInMaterial(_, material) => {
            let file = &material.file;
            let told = Some((file.bytes, file.format.clone()));
            vec![NamedFile { hash: file.hash.clone(), name: format!("{} ({})", material.title, file.name), told }]
        }
        Deed::CheckIn(_, came) => came.delegation.iter().filter_map(|speaker| speaker.letter.as_ref()).map(called).collect(),
        Deed::ImportVintage(_, vintage) => vec![of(&vintage.about.hash, &vintage.about.dataset)],
        Deed::FileObjection(_, objection) => hashes(&objection.evidence, &objection.objection),
        Deed::StandBack(_, out) | Deed::ProposeDisqualification(_, out) => hashes(&out.evidence, out.candidate.as_str()),
        Deed::HandOverPrize(_, given) => hashes(&given.evidence, &given.prize),
        Deed::ProposeRevocation(_, revocation) => hashes(&revocation.evidence, revocation.candidate.as_str()),
        // What a page shows is named, but by whoever read it first.
        Deed::ReadAgain(..) | Deed::FindAtInterview(..) => Vec::new(),
        Deed::ProposeSeal(_) | Deed::SealRulebook(_) => Vec::new(),
        Deed::OpenEdition(_) | Deed::OpenRound(..) | Deed::SetDay(..) | Deed::ProposeRulebook(..) => Vec::new(),
        Deed::AdoptRulebook(..) | Deed::ChangeRegister(_) | Deed::ChangePeople(_) | Deed::AppointAide(..) => Vec::new(),
        Deed::RecordOutreach(_) | Deed::Nominate(..) | Deed::Answer(..) | Deed::SubmitDossier(..) => Vec::new(),
        Deed::StateProduct(..) => Vec::new(),
        Deed::ReturnDossier(..) | Deed::MoveDeadline(..) | Deed::EraseNames(_) | Deed::RecordEvent(_) => Vec::new(),
        Deed::RecordStanding(_) | Deed::RecordDossiers | Deed::CommitLot(_) | Deed::Propose(..) => Vec::new(),
        Deed::HandInDossier(..) | Deed::ExtendDossier(..) | Deed::AdmitLate(..) | Deed::CloseDossiers(_) => Vec::new(),
        Deed::Appoint(..) | Deed::DeclareConflict(..) | Deed::StateClaim(..) | Deed::VerifyClaim(..) => Vec::new(),
        Deed::VerifyItem(..) | Deed::StatePoints(..) | Deed::ExemptFrom(..) | Deed::RecordAttendance(..) => Vec::new(),
        Deed::HandInSheet(..) | Deed::Withdraw(..) | Deed::WaiveAbsence(..) | Deed::CloseJudging(..) => Vec::new(),
        Deed::AppointByDecree(..) | Deed::ReplaceMember(..) | Deed::NameActingChair(..) => Vec::new(),
        Deed::DeclareInterest(..) | Deed::RuleOnDoubt(..) | Deed::OpenDossier(..) | Deed::HandInRanking(..) => Vec::new(),
        Deed::OpenFigures(..) | Deed::CommitSample(..) | Deed::DrawSample(..) | Deed::PlanSession(..) => Vec::new(),
        Deed::NoteNoShow(..)
        | Deed::AssignSlot(..)
        | Deed::MoveSlot(..)
        | Deed::AnswerInvitation(..)
        | Deed::NoteQuestion(..) => Vec::new(),
        Deed::HandInVersion(..) | Deed::ReopenSheet(..) | Deed::EnterPaper(..) | Deed::LeaveInTray(..) => Vec::new(),
        Deed::AdmitFromTray(..) | Deed::WaiveMissing(..) | Deed::CorrectMark(..) | Deed::Count(_) => Vec::new(),
        Deed::GiveOrder(..) | Deed::NameAward(..) | Deed::RevealLot(_) | Deed::Ratify(_) => Vec::new(),
        Deed::Advance(_) | Deed::Announce(_) | Deed::RequireLock | Deed::ProposeResult(..) => Vec::new(),
        Deed::CheckResult(..) | Deed::LockResult(..) | Deed::OpenPlenary(..) | Deed::NotePresence(..) => Vec::new(),
        Deed::GiveChair(..) | Deed::MakeMotion(..) | Deed::CastVote(..) | Deed::CloseVote(..) => Vec::new(),
        Deed::ReviseSheet(..) | Deed::ClosePlenary(..) | Deed::PublishProvisional(..) => Vec::new(),
        Deed::RuleOnObjection(..) | Deed::AnswerObjection(..) | Deed::DraftRecount(..) => Vec::new(),
        Deed::DecideRecount(..) | Deed::ProposeAnnouncement(..) | Deed::ConfirmAnnouncement(..) => Vec::new(),
        Deed::IssueCertificate(..) | Deed::ConfirmRevocation(..) | Deed::ConfirmDisqualification(..) => Vec::new(),
    }
}

/// Refuses a deed that names a file which is not kept, or tells another size or format than the file has.
///
/// # Errors
///
/// A refusal that names the file and what to do.
///
/// ```
/// use std::collections::BTreeMap;
///
/// assert_eq!(award::files::check(&award::Deed::RecordDossiers, &BTreeMap::new()), Ok(()));
/// ```
pub fn check(deed: &Deed, kept: &BTreeMap<String, KeptFile>) -> Result<(), Refusal> {
    for file in named(deed) {
        let name = limit::beginning(&file.name);
        let Some(found) = kept.get(&file.hash) else {
            let message = Message::new("refusal-file-not-kept").text("file", name);
            return Err(Refusal::of(message.text("hash", limit::beginning(&file.hash))));
        };
        let Some((size, format)) = &file.told else { continue };
        if *size != found.size {
            let message = Message::new("refusal-file-size").text("file", name);
            return Err(Refusal::of(message.text("told", size.to_string()).text("found", found.size.to_string())));
        }
        if !is_of(format, &found.kind) {
            let message = Message::new("refusal-file-kind").text("file", name);
            return Err(Refusal::of(message.text("told", format).text("found", &found.kind)));
        }
    }
    Ok(())
}

fn pages(evidence: &[Evidence]) -> Vec<NamedFile> {
    evidence.iter().map(|page| called(&page.file)).collect()
}

fn called(file: &FileRef) -> NamedFile {
    of(&file.sha256, &file.name)
}

fn hashes(files: &[FileHash], name: &str) -> Vec<NamedFile> {
    files.iter().map(|file| of(file.as_str(), name)).collect()
}

fn of(hash: &str, name: &str) -> NamedFile {
    NamedFile { hash: hash.to_owned(), name: name.to_owned(), told: None }
}
