//! A candidate's pages, asked for as a browser asks: what somebody else's dossier looks like, what a refusal keeps, what is never run, and what
//! is turned away before it is read.
#![allow(clippy::unwrap_used)]

use crate::preparation::{
    PEOPLE, RULEBOOK, at, candidate, consent, contest, item, nomination, opening, round, secretariat, term,
};
use award::cycle::tables::ListItem;
use award::deadline::DayCount::Calendar;
use award::people::PeopleChange;
use award::stage::dossier::Return;
use award::{Act, State, decide, permit};
use award::{Actor, ContestKey, Deed, Grant, PersonId, Role, Scope};
use axum::body::{Body, Bytes};
use axum::http::{Request as Asks, StatusCode};
use futures_util::StreamExt;
use jiff::Timestamp;
use office::{Account, Came, Limits, Office, Secret, Standing};
use store::files::Files;
use store::{Edition, Place, Request, Store};
use tower::ServiceExt;
use web::{App, Settings, router};

const DAY: &str = "2020-12-01T01:00:00Z";
const DESK: &str = "/saya/kandidat/kecil-2020/kecil-2020~province~51~city/denpasar";

fn then() -> Timestamp {
    at(DAY)
}

struct House {
    office: Office,
    token: String,
    _folder: tempfile::TempDir,
}

fn bali() -> ContestKey {
    contest("51", "city")
}

fn acts(edition: &Edition) -> Vec<(Actor, &'static str, Deed)> {
    let enter = |person: &&str| {
        let change = PeopleChange::Enter { person: (*person).into(), name: format!("I {person}") };
        (Actor::Centre, DAY, Deed::ChangePeople(change))
    };
    let enters = |id: &str, region: &str| {
        [
            (Actor::Branch(round("51")), "2020-11-02T01:00:00Z", Deed::Nominate(bali(), nomination(id, region))),
            (candidate(id), "2020-11-03T01:00:00Z", Deed::Answer(bali(), consent(id))),
        ]
    };
    let mut begins = opening();
    begins.rulebook.hash = edition.rulebook.to_string();
    let opened = (secretariat("51"), "2020-11-01T01:00:00Z", Deed::OpenRound(round("51"), begins));
    let entered = enters("denpasar", "51.71").into_iter().chain(enters("badung", "51.03"));
    PEOPLE.iter().map(enter).chain([opened]).chain(entered).collect()
}

/// Denpasar and Badung stand in Bali; staf works for Denpasar and is signed in.
async fn house() -> House {
    house_under(RULEBOOK).await
}

/// The same under another rulebook.
async fn house_under(rulebook: &str) -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap();
    let files = Files::open(&store::files::Place::Folder(folder.path().join("files"))).await.unwrap();
    let store = store.with_files(files);
    let edition = store.open_edition("kecil-2020", rulebook, "2020-11-01T00:00:00.000000Z").await.unwrap();
    for (number, (actor, when, deed)) in acts(&edition).into_iter().enumerate() {
        let act = Act { actor, at: Some(at(when)), deed };
        let id = format!("0192f3a0-0000-7000-8000-{number:012x}");
        let request = Request { id, person: "files".into(), at: at(when), act: act.clone(), seen: Vec::new() };
        let decides = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
        let outcome = store.act(&edition, &request, decides).await.unwrap();
        assert!(matches!(outcome, store::Outcome::Recorded(_)), "{outcome:?}");
    }
    let office = Office::new(store);
    let token = comes(&office).await;
    House { office, token, _folder: folder }
}

fn cookie() -> Secret {
    Secret::new([7; 32])
}

/// Staf comes by a link; the token of the forms.
async fn comes(office: &Office) -> String {
    let (console, person) = (PersonId::from("console"), PersonId::from("staf"));
    let name = "Contoh Staf".to_owned();
    let account = Account { person: person.clone(), name, email: None, standing: Standing::Invited, grants: Vec::new() };
    office.add_user(&console, then(), account).await.unwrap();
    let own = Grant::new(Role::Candidate, Scope { organisation: Some("denpasar".into()), ..Scope::default() });
    office.give_role(&console, then(), &person, own).await.unwrap();
    let code = office.invite_user(&console, then(), &person, [1; 16]).await.unwrap().code;
    office.take_invitation(&code, then()).await.unwrap().unwrap();
    let link = office.make_link(&console, then(), &person, Secret::new([9; 32])).await.unwrap();
    let came = Came { address: "127.0.0.1".into(), browser: String::new() };
    office.take_link(&link.secret, &came, then(), cookie()).await.unwrap().unwrap();
    office.who_is(&cookie(), then(), &Limits::default()).await.unwrap().unwrap().form_token
}

impl House {
    async fn answers(&self, clock: fn() -> Timestamp, asks: Asks<Body>) -> (StatusCode, String) {
        let limits = Limits { idle: jiff::SignedDuration::from_hours(999), whole: jiff::SignedDuration::from_hours(999) };
        let app = App::new(self.office.clone(), Settings { clock, limits, ..Settings::default() });
        let answer = router(app).oneshot(asks).await.unwrap();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), 4 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn gets(&self, path: &str) -> (StatusCode, String) {
        self.answers(then, signed("GET", path).body(Body::empty()).unwrap()).await
    }

    async fn posts(&self, clock: fn() -> Timestamp, path: &str, form: String) -> (StatusCode, String) {
        let asks = signed("POST", path).header("content-type", "application/x-www-form-urlencoded");
        self.answers(clock, asks.body(Body::from(form)).unwrap()).await
    }

    /// The form of one figure, as the page sends it.
    fn figure(&self, group: &str, claim: &str, value: &str, source: &str) -> String {
        let text = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        format!(
            "tanda={}&kelompok={group}&a_klaim={claim}&a_nilai={}&a_sumber={}&a_tanggal=&a_dokumen=&a_halaman=&a_versi=&\
             a_kunci=0192f3a0-0000-7000-9000-000000000001",
            text(&self.token),
            text(value),
            text(source)
        )
    }

    fn multipart(&self, token: &str, name: &str, content: &[u8]) -> Asks<Body> {
        let field =
            |name: &str, value: &str| format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let head = format!("--x\r\ncontent-disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\r\n");
        let fields = field("tanda", token) + &field("dokumen", "law") + &head;
        let body = [fields.as_bytes(), content, b"\r\n--x--\r\n"].concat();
        let asks = signed("POST", &format!("{DESK}/unggah")).header("content-type", "multipart/form-data; boundary=x");
        asks.body(Body::from(body)).unwrap()
    }
}

fn signed(method: &str, path: &str) -> axum::http::request::Builder {
    Asks::builder().method(method).uri(path).header("cookie", format!("sesi={}", cookie().text()))
}

/// The one thing that differs from page to page: the address itself.
fn without(page: &str, path: &str) -> String {
    page.replace(path, "")
}

#[tokio::test]
async fn somebody_elses_dossier_looks_like_none_at_all() {
    let house = house().await;
    assert_eq!(house.gets(DESK).await.0, StatusCode::OK);
    for page in ["", "/angka", "/produk", "/kirim", "/riwayat", "/wawancara", "/mundur"] {
        assert_eq!(house.gets(&format!("{DESK}{page}")).await.0, StatusCode::OK, "{page}");
        let (theirs, none) = (DESK.replace("denpasar", "badung"), DESK.replace("denpasar", "tabanan"));
        let (theirs, none) = (format!("{theirs}{page}"), format!("{none}{page}"));
        let (found, missing) = (house.gets(&theirs).await, house.gets(&none).await);
        assert_eq!((found.0, missing.0), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{page}");
        assert_eq!(without(&found.1, &theirs), without(&missing.1, &none), "{page}");
    }
    let file = format!("{DESK}/berkas/{}", "0".repeat(64));
    assert_eq!(house.gets(&file).await.0, StatusCode::NOT_FOUND, "no act of the candidate names it");
}

#[tokio::test]
async fn what_was_typed_stands_on_the_page_that_refuses_it() {
    let house = house().await;
    let path = format!("{DESK}/angka");
    let page = house.gets(&path).await.1;
    let group = page.split("name=\"kelompok\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let claim = page.split("name=\"a_klaim\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let script = "\"><script>alert(1)</script>";
    let form = house.figure(&group, &claim, "1.234", script);
    assert_eq!(house.posts(then, &path, form).await.0, StatusCode::SEE_OTHER);
    let kept = house.gets(&path).await.1;
    assert!(kept.contains("value=\"1.234\"") && !kept.contains("<script>alert"));
    let (status, wrong) = house.posts(then, &path, house.figure(&group, &claim, script, "1.5")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.contains("<script>alert") && wrong.contains("&#60;script&#62;alert"));
    let stale = house.figure(&group, &claim, "99", "lain").replace("000000000001", "000000000002");
    let (status, both) = house.posts(then, &path, stale).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "it was saved after this form was opened");
    assert!(both.contains(">1.234</b>") && both.contains(">99</b>"), "both stand side by side");
}

/// The first second after the dossier deadline of Bali.
fn late() -> Timestamp {
    at("2020-12-17T16:00:00Z")
}

#[tokio::test]
async fn after_the_deadline_a_figure_is_refused_with_the_deadline_and_what_was_typed_stays() {
    let house = house().await;
    let path = format!("{DESK}/angka");
    let page = house.gets(&path).await.1;
    let group = page.split("name=\"kelompok\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let claim = page.split("name=\"a_klaim\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (status, page) = house.posts(late, &path, house.figure(&group, &claim, "1.234", "BPS")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("2020-12-17 23:59:59 WITA") && page.contains("value=\"1.234\""));
    let kept = house.gets(&path).await.1;
    assert!(!kept.contains("1.234"), "nothing was recorded");
}

#[tokio::test]
async fn after_the_deadline_nothing_is_asked_of_the_candidate_any_more() {
    let house = house().await;
    let at_time = async |clock: fn() -> Timestamp, path: &str| {
        house.answers(clock, signed("GET", path).body(Body::empty()).unwrap()).await.1
    };
    let asked = ["Sekarang giliran Anda", "Serahkan dokumen wajib yang belum ada."];
    let waits = ["<h2 id=\"kini\">Menunggu</h2>", "Batas waktu berkas sudah lewat"];
    for (clock, shown, hidden) in [(then as fn() -> Timestamp, asked, waits), (late, waits, asked)] {
        let desk = at_time(clock, DESK).await;
        assert!(shown.iter().all(|text| desk.contains(text)), "{shown:?}");
        assert!(hidden.iter().all(|text| !desk.contains(text)), "{hidden:?}");
    }
    assert!(at_time(then, "/saya").await.contains("16 hari lagi"));
    assert!(!at_time(late, "/saya").await.contains("hari lagi"));
}

#[tokio::test]
async fn a_page_opened_in_time_and_sent_too_late_says_so_and_gives_back_what_was_typed() {
    let house = house().await;
    let path = format!("{DESK}/angka");
    let page = house.gets(&path).await.1;
    let value =
        |name: &str| page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = house.figure(&value("kelompok"), &value("a_klaim"), "4.321", "Rekap Desember");
    let (status, late) = house.posts(|| at("2020-12-18T01:00:00Z"), &path, form.clone()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.contains("value=\"4.321\"") && late.contains("value=\"Rekap Desember\"") && late.contains("role=\"alert\""));
    assert_eq!(
        house.posts(|| at("2020-12-17T15:59:59Z"), &path, form).await.0,
        StatusCode::SEE_OTHER,
        "the last second is in time"
    );
}

#[tokio::test]
async fn a_form_of_a_stranger_does_nothing() {
    let house = house().await;
    let before = house.gets(&format!("{DESK}/riwayat")).await.1;
    for (path, form) in [
        ("/kirim", "tanda=x&kunci=0192f3a0-0000-7000-9000-000000000001"),
        ("/mundur", "tanda=x&kunci=0192f3a0-0000-7000-9000-000000000001&alasan=x&yakin=1"),
        ("/persetujuan", "kunci=x&jawaban=tidak&alasan=x"),
    ] {
        let (status, _) = house.posts(then, &format!("{DESK}{path}"), form.to_owned()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    let sent = house.multipart("x", "perda.pdf", b"%PDF-1.7\n%%EOF\n");
    assert_eq!(house.answers(then, sent).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.gets(&format!("{DESK}/riwayat")).await.1, before, "nothing changed");
}

#[tokio::test]
async fn a_file_by_a_plain_form_is_handed_in_and_given_back_only_to_be_saved() {
    let house = house().await;
    let content = [b"%PDF-1.7\n".as_slice(), &[b'x'; 400], b"\n%%EOF\n"].concat();
    let sent = house.multipart(&house.token, "perda <b>.pdf", &content);
    assert_eq!(house.answers(then, sent).await.0, StatusCode::SEE_OTHER);
    let desk = house.gets(DESK).await.1;
    assert!(desk.contains("perda -b-.pdf"), "{desk:.200}");
    let path = desk.split("href=\"").find(|link| link.contains("/berkas/")).unwrap().split('"').next().unwrap();
    let app = App::new(house.office.clone(), Settings { clock: then, ..Settings::default() });
    let answer = router(app).oneshot(signed("GET", path).body(Body::empty()).unwrap()).await.unwrap();
    let says = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert!(says("content-disposition").starts_with("attachment; "), "{}", says("content-disposition"));
    assert_eq!([says("content-type"), says("x-content-type-options")], ["application/pdf", "nosniff"]);
    assert_eq!(says("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap(), Bytes::from(content));
    let wrong = house.multipart(&house.token, "perda.pdf", b"<html><script>alert(1)</script></html>");
    let (status, page) = house.answers(then, wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("role=\"alert\"") && !page.contains("<script>alert"));
}

#[tokio::test]
async fn a_file_goes_on_piece_by_piece_where_it_stood() {
    let house = house().await;
    let content = [b"%PDF-1.7\n".as_slice(), &[b'x'; 400], b"\n%%EOF\n"].concat();
    let begins = format!("tanda={}&dokumen=law&nama=perda.pdf&ukuran={}", house.token, content.len());
    let (_, told) = house.posts(then, &format!("{DESK}/unggah/mulai"), begins).await;
    let id = told.split("\"kiriman\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let piece = |from: usize, to: usize| {
        let asks = signed("PUT", &format!("{DESK}/unggah/{id}?dari={from}")).header("x-tanda", &house.token);
        asks.header("content-length", to - from).body(Body::from(content[from..to].to_vec())).unwrap()
    };
    assert_eq!(house.answers(then, piece(0, 100)).await.1, "{\"sampai\":100}");
    assert!(house.answers(then, piece(0, 100)).await.1.contains("\"galat\""), "it is there already");
    assert_eq!(house.gets(&format!("{DESK}/unggah/{id}")).await.1, "{\"sampai\":100}");
    let size = content.len();
    assert_eq!(house.answers(then, piece(100, size)).await.1, format!("{{\"sampai\":{size}}}"));
    let (_, done) = house.posts(then, &format!("{DESK}/unggah/{id}/selesai"), format!("tanda={}", house.token)).await;
    assert_eq!(done, "{\"selesai\":true}");
}

#[tokio::test]
async fn what_says_that_it_has_5_gigabytes_is_turned_away_unread() {
    let house = house().await;
    let body = || Body::from_stream(futures_util::stream::once(async { panic!("it was read") }).map(Ok::<Bytes, std::io::Error>));
    let five = 5_u64 << 30;
    let form = signed("POST", &format!("{DESK}/unggah")).header("content-type", "multipart/form-data; boundary=x");
    let piece = signed("PUT", &format!("{DESK}/unggah/{}?dari=0", "0".repeat(32))).header("x-tanda", &house.token);
    for asks in [form, piece] {
        let asks = asks.header("content-length", five).body(body()).unwrap();
        assert_eq!(house.answers(then, asks).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    }
}

/// Records what is done on the day, by the account of sari.
async fn plays(store: &Store, edition: &Edition, deeds: impl IntoIterator<Item = (Actor, Deed)>) {
    for (number, (actor, deed)) in deeds.into_iter().enumerate() {
        let act = Act { actor, at: Some(then()), deed };
        let id = format!("0192f3a0-0000-7000-8001-{number:012x}");
        let request = Request { id, person: "sari".into(), at: then(), act: act.clone(), seen: Vec::new() };
        let decides = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
        let outcome = store.act(edition, &request, decides).await.unwrap();
        assert!(matches!(outcome, store::Outcome::Recorded(_)), "{outcome:?}");
    }
}

/// Denpasar sent its dossier, and sari gave the legal texts back.
async fn given_back() -> House {
    let house = house().await;
    let store = house.office.store().clone().with_files_elsewhere();
    let edition = store.edition("kecil-2020").await.unwrap();
    let back = Return {
        candidate: "denpasar".into(),
        documents: vec!["law".into()],
        reason: "Stempel belum ada".into(),
        term: term(5, Calendar),
        by: "sari".into(),
    };
    let deeds = [
        (candidate("denpasar"), Deed::HandInItem(bali(), item("denpasar", "law", '1'))),
        (candidate("denpasar"), Deed::HandInItem(bali(), item("denpasar", "budget", '2'))),
        (candidate("denpasar"), Deed::SubmitDossier(bali(), "denpasar".into())),
        (secretariat("51"), Deed::ReturnDossier(bali(), back)),
    ];
    plays(&store, &edition, deeds).await;
    house
}

#[tokio::test]
async fn a_dossier_that_was_given_back_says_so_by_whom_why_and_until_when_and_never_that_it_is_complete() {
    let house = given_back().await;
    let desk = house.gets(DESK).await.1;
    for said in [
        "Dikembalikan untuk diperbaiki",
        "Stempel belum ada",
        "I sari",
        "6 Desember 2020",
        "aria-current=\"step\"><b>Lengkapi berkas",
    ] {
        assert!(desk.contains(said), "{said}");
    }
    assert!(!desk.contains(">lengkap<") && !desk.contains(">sudah dikirim</span>"), "neither complete nor sent");
    assert!(!desk.contains("· sari") && !desk.contains(">sari<"), "nobody is shown by an id");
    let send = house.gets(&format!("{DESK}/kirim")).await.1;
    assert!(send.contains("Dikembalikan oleh: I sari") && !send.contains(">sudah dikirim<") && !send.contains(">lengkap<"));
    let changes = house.gets(&format!("{DESK}/riwayat")).await.1;
    assert!(changes.contains("I sari") && changes.contains("Legal texts") && !changes.contains("“law”"), "documents by name too");
    let content = [b"%PDF-1.7\n".as_slice(), &[b'y'; 400], b"\n%%EOF\n"].concat();
    let sent = house.multipart(&house.token, "perda.pdf", &content);
    assert_eq!(house.answers(then, sent).await.0, StatusCode::SEE_OTHER);
    let desk = house.gets(DESK).await.1;
    assert!(desk.contains("tinggal dikirim lagi") && desk.contains("aria-current=\"step\"><b>Kirim"));
}

/// The small award with a register of legal products.
fn with_products() -> String {
    let register = r#"
[[claim]]
id = "laws"
name = "Legal products"
shape = "list"

[[scheme]]
id = "all"
"#;
    let counted = r#"
[[scheme.aspect]]
id = "regulation"
name = "Regulation"
weight = 25

[[scheme.aspect.indicator]]
id = "legal-products"
name = "Legal products"
kind = "checklist"
list = "laws"
kinds = { perda = 50, sk = 20 }
stages = { planned = 0, drafting = 0.5, enacted = 1 }

[[scheme.aspect]]
id = "more"
"#;
    let text = RULEBOOK.replacen("\n[[scheme]]\nid = \"all\"\n", register, 1).replacen("weight = 50", "weight = 25", 1);
    text.replacen("\n[[scheme.aspect]]\nid = \"more\"\n", counted, 1)
}

#[tokio::test]
async fn a_product_that_was_struck_says_why_or_where_to_see_by_whom_and_counts_no_more() {
    let house = house_under(&with_products()).await;
    let store = house.office.store().clone().with_files_elsewhere();
    let edition = store.edition("kecil-2020").await.unwrap();
    let item = |title: &str, accepted: bool, reason: Option<&str>| {
        let item = ListItem {
            candidate: "denpasar".into(),
            list: "laws".into(),
            title: title.into(),
            kind: "perda".into(),
            stage: "enacted".into(),
            attributes: Vec::new(),
            number: None,
            year: None,
            accepted,
            reason: reason.map(str::to_owned),
            level: "province".into(),
        };
        (Actor::Verifier(round("51")), Deed::VerifyItem(bali(), item))
    };
    let looked_at = [
        item("Perda 4/2020", true, None),
        item("Perda 5/2020", false, Some("Belum ditandatangani")),
        item("Perda 6/2020", false, None),
    ];
    plays(&store, &edition, looked_at).await;
    let desk = house.gets(DESK).await.1;
    assert!(desk.contains("<p>1 tercatat <span class=\"cip tolak\" data-tanda=\"!\">2 tidak diterima</span></p>"));
    let register = house.gets(&format!("{DESK}/produk")).await.1;
    assert!(register.contains("tidak diterima</span><small class=\"jalur putus\">Belum ditandatangani</small>"));
    let unexplained = format!("Verifikator tidak mencatat alasannya. <a href=\"{DESK}/riwayat\">");
    assert_eq!(register.matches(&unexplained).count(), 1);
    let changes = house.gets(&format!("{DESK}/riwayat")).await.1;
    assert!(changes.contains("Tidak menerima “Perda 6/2020”<br>") && changes.contains("I sari"));
    assert!(changes.contains("Tidak menerima “Perda 5/2020”: Belum ditandatangani"));
}

#[tokio::test]
async fn a_category_without_interviews_promises_none() {
    let house = house().await;
    let page = house.gets(&format!("{DESK}/wawancara")).await.1;
    assert!(page.contains("Kategori ini tanpa wawancara") && !page.contains("Jadwal wawancara belum ada"));
    // Who answers an invitation all the same is told so, of a contest that is called by its name.
    let token = percent_encoding::utf8_percent_encode(&house.token, percent_encoding::NON_ALPHANUMERIC);
    let form = format!("tanda={token}&kunci=0192f3a0-0000-7000-9000-000000000001&jawaban=hadir&alasan=");
    let (status, refused) = house.posts(then, &format!("{DESK}/wawancara"), form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.contains(": City, Bali tidak punya tahap wawancara") && !refused.contains("province/51"), "{refused}");
}

#[tokio::test]
async fn a_desk_tells_others_where_the_candidate_stands_and_speaks_to_the_candidate_alone() {
    let house = house().await;
    let own = house.gets(DESK).await.1;
    let said_to_it = ["Sekarang giliran Anda", "Serahkan dokumen wajib yang belum ada.", "class=\"tombol utama\""];
    assert!(said_to_it.iter().all(|text| own.contains(text)));
    // Staf keeps the sign-in and looks as the secretariat, which may read every dossier of Bali.
    let console = PersonId::from("console");
    let secretariat = Grant::new(Role::Secretariat, Scope { region: Some("51".into()), ..Scope::default() });
    house.office.give_role(&console, then(), &"staf".into(), secretariat).await.unwrap();
    let (status, theirs) = house.gets(&DESK.replace("denpasar", "badung")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(said_to_it.iter().all(|text| !theirs.contains(text)), "nothing is asked of the secretariat");
    assert!(theirs.contains("<h2 id=\"kini\">Giliran peserta</h2><p class=\"lanjut\">Lengkapi berkas</p>"));
    assert!(house.gets(DESK).await.1.contains("Sekarang giliran Anda"), "two roles take nothing away");
}

#[tokio::test]
async fn figures_stand_under_their_criterion_and_only_what_is_to_be_looked_at_is_open() {
    let house = house().await;
    let page = house.gets(&format!("{DESK}/angka")).await.1;
    let forms = page.matches("<details class=\"kartu angka-satu\"").count();
    let open = page.matches("<details class=\"kartu angka-satu\" open>").count();
    assert!(forms >= 1 && open == 1, "of {forms} empty forms one is open, and {open} are");
    assert!(page.contains("0 dari ") && page.contains("<a href=\"#k-"), "what is missing stands on top");
}

#[test]
fn every_form_names_its_way_and_its_place() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let below = ["", "candidate", "guide", "part"].map(|below| folder.join(below));
    let files = below.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let mut forms = 0;
    for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "html")) {
        let text = std::fs::read_to_string(&file).unwrap();
        for (at, _) in text.match_indices("<form") {
            let tag = &text[at..at + text[at..].find("\">").unwrap() + 2];
            // A dialog's own form only closes it.
            let sends = !tag.contains(" method=\"dialog\"");
            assert!(tag.contains(" method=\"") && (!sends || tag.contains(" action=\"")), "{}: {tag}", file.display());
            forms += 1;
        }
    }
    assert!(forms > 15, "{forms}");
}

#[tokio::test]
async fn a_figure_that_does_not_look_right_is_told_of_beneath_its_own_field_and_a_share_beneath_both() {
    let house = house().await;
    let looked = |form: String| async { house.posts(then, &format!("{DESK}/angka/periksa"), form).await };
    let beneath = |page: &str, place: &str| {
        let (_, rest) = page.split_once(&format!("id=\"{place}\"")).unwrap();
        rest.split("</div>").next().unwrap().contains("class=\"wanti\"")
    };
    let alone = looked(house.figure("covered", "members", "-1", "").replace("a_tanggal=", "a_tanggal=1999-01-01")).await.1;
    assert!(beneath(&alone, "w-covered-a-nilai") && beneath(&alone, "w-covered-a-tanggal"), "{alone}");
    let second = "&b_klaim=workers&b_nilai=100&b_sumber=&b_tanggal=&b_dokumen=&b_halaman=&b_versi=&b_kunci=";
    let share = looked(house.figure("covered", "members", "120", "") + second).await.1;
    assert!(!beneath(&share, "w-covered-a-nilai") && !beneath(&share, "w-covered-b-nilai"), "{share}");
    assert!(share.trim_start().starts_with("<p class=\"wanti\">"), "{share}");
}
