//! The register of legal products: what there is, one more, or one said otherwise.

use award::candidate::{ListLine, ProductLine, ProductState};
use award::stage::dossier::{Product, StatedProduct};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use office::Done;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rules::rulebook::Text;
use serde::Deserialize;

use super::{Opened, Top, Way, Wrong, asks, go, new_key, open, settled, show_wrong, word};
use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::refused::Refused;
use crate::sent::Sent;
use crate::who::SignedIn;

#[derive(askama::Template)]
#[template(path = "candidate/products.html")]
struct Page {
    f: Frame,
    top: Top,
    lists: Vec<ListLine>,
    documents: Vec<(String, Text)>,
    closed: Option<(String, String)>,
    form: Form,
    /// What the browser kept and is to forget: the form that was sent, as `daftar/produk`.
    sent: Option<String>,
    wrong: Option<Wrong>,
    /// What somebody else said of it meanwhile.
    theirs: Option<Product>,
}

/// A product as it stands in the form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    kunci: String,
    produk: String,
    /// The version that the form was made from; 0 for a new one.
    versi: String,
    daftar: String,
    judul: String,
    #[serde(default)]
    jenis: String,
    #[serde(default)]
    tahap: String,
    #[serde(default)]
    ciri: Vec<String>,
    nomor: String,
    tahun: String,
    dokumen: String,
    halaman: String,
    #[serde(default)]
    batal: bool,
}

impl Page {
    fn word(&self, text: &str) -> String {
        word(&self.f, text)
    }

    fn chip(line: &ProductLine) -> (&'static str, &'static str, &'static str) {
        match line.state {
            ProductState::Stated => ("", "●", "web-candidate-product-stated"),
            ProductState::TakenBack => ("diam", "–", "web-candidate-product-back"),
            ProductState::Accepted { .. } => ("baik", "✓", "web-candidate-product-accepted"),
            ProductState::Struck { .. } => ("tolak", "!", "web-candidate-product-struck"),
        }
    }

    /// Why an item was struck, as it is on record: the page says so even where no reason is.
    fn struck(line: &ProductLine) -> Option<Option<&str>> {
        match &line.state {
            ProductState::Struck { reason } => Some(reason.as_deref()),
            ProductState::Stated | ProductState::TakenBack | ProductState::Accepted { .. } => None,
        }
    }

    /// Whether what is wrong is said beside the form that was sent.
    fn is_beside_form(&self) -> bool {
        self.lists.iter().any(|list| self.is_of(&list.list))
    }

    fn is_of(&self, list: &str) -> bool {
        self.form.daftar == list
    }

    /// What is wrong with a field of the form that was sent.
    fn wrong_at(&self, list: &str, field: &str) -> Option<&Wrong> {
        self.wrong.as_ref().filter(|wrong| self.is_of(list) && wrong.is_at(field))
    }
}

fn edited(line: &ProductLine) -> Form {
    let stated = line.product.stated.clone();
    Form {
        kunci: new_key(),
        produk: stated.id,
        versi: line.product.version.to_string(),
        daftar: stated.list,
        judul: stated.title,
        jenis: stated.kind,
        tahap: stated.stage,
        ciri: stated.attributes,
        nomor: stated.number.unwrap_or_default(),
        tahun: stated.year.map(|year| year.to_string()).unwrap_or_default(),
        dokumen: stated.document.unwrap_or_default(),
        halaman: stated.page.map(|page| page.to_string()).unwrap_or_default(),
        batal: stated.struck,
    }
}

fn page(f: Frame, opened: Opened, form: Form, wrong: Option<Wrong>, theirs: Option<Product>) -> Result<Page, Refused> {
    let list = opened.desk.checklist.ok_or_else(Refused::nothing_here)?;
    let closed = list.closed.as_ref().zip(list.closed_next.as_ref());
    let closed = closed.map(|(why, next)| (f.tell(why), f.tell(next)));
    let documents = list.documents.iter().map(|line| (line.id.clone(), line.name.clone())).collect();
    Ok(Page { f, top: opened.top, lists: list.lists, documents, closed, form, sent: None, wrong, theirs })
}

#[derive(Deserialize)]
pub(crate) struct Which {
    ubah: Option<String>,
    terkirim: Option<String>,
}

/// `GET …/produk`, `?ubah=` with the one that is to be said otherwise, `?terkirim=` after a form was sent.
pub(crate) async fn register(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Query(which): Query<Which>,
) -> Answer {
    let opened = open(&app, &signed, &way, "legal products").await?;
    opened.may_read_figures()?;
    let f = opened.frame(&app, &signed, "web-candidate-products").helped_by("produk-hukum");
    let wanted = which.ubah.and_then(|id| known(&opened, &id));
    let form = wanted.map_or_else(|| Form { kunci: new_key(), ..Form::default() }, edited);
    show(&Page { sent: which.terkirim, ..page(f, opened, form, None, None)? })
}

fn known<'o>(opened: &'o Opened, id: &str) -> Option<&'o ProductLine> {
    let lists = opened.desk.checklist.iter().flat_map(|list| &list.lists);
    lists.flat_map(|list| &list.products).find(|line| line.product.stated.id == id)
}

/// `POST …/produk`.
pub(crate) async fn save(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Sent(sent): Sent<Form>,
) -> Result<Response, Response> {
    saved(&app, &signed, &way, sent).await.map_err(IntoResponse::into_response)
}

async fn saved(app: &App, signed: &SignedIn, way: &Way, sent: Form) -> Answer {
    let opened = open(app, signed, way, "legal products").await?;
    opened.may_read_figures()?;
    let f = opened.frame(app, signed, "web-candidate-products").helped_by("produk-hukum");
    let product = match stated(&f, &opened, &sent) {
        Ok(product) => product,
        Err(wrong) => return show_wrong(&page(f, opened, Form { kunci: new_key(), ..sent }, Some(wrong), None)?),
    };
    let place = &opened.place;
    let asked = asks(signed, &sent.kunci)?;
    let done = settled(app.office().state_product(&place.edition, &asked, place.key.clone(), product).await)?;
    match Wrong::left(&f, &done) {
        None => {
            let form = utf8_percent_encode(&format!("{}/{}", sent.daftar, sent.produk), NON_ALPHANUMERIC).to_string();
            Ok(go(&f, &format!("{}/produk?terkirim={form}#daftar-{}", place.base, sent.daftar)))
        }
        wrong if is_stale(&done) => {
            let now = open(app, signed, way, "legal products").await?;
            let theirs = known(&now, &sent.produk).map(|line| line.product.clone());
            // Whoever saves again has seen what is there now.
            let versi = theirs.as_ref().map_or(0, |theirs| theirs.version).to_string();
            show_wrong(&page(f, now, Form { kunci: new_key(), versi, ..sent }, wrong, theirs)?)
        }
        wrong => show_wrong(&page(f, opened, Form { kunci: new_key(), ..sent }, wrong, None)?),
    }
}

fn is_stale(done: &Done) -> bool {
    matches!(done, Done::Refused(refusal) if refusal.rule.key() == "refusal-product-stale")
}

fn stated(f: &Frame, opened: &Opened, sent: &Form) -> Result<StatedProduct, Wrong> {
    fn parsed<T: std::str::FromStr>(f: &Frame, text: &str, key: &str) -> Result<Option<T>, Wrong> {
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        text.map(str::parse).transpose().map_err(|_| Wrong::of(f, key))
    }
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    // A new one gets the end of its request as its id: sent twice, it is still one.
    let fresh = || format!("p-{}", sent.kunci.chars().filter(char::is_ascii_alphanumeric).skip(20).take(12).collect::<String>());
    Ok(StatedProduct {
        candidate: opened.place.id.clone(),
        id: text(&sent.produk).unwrap_or_else(fresh),
        list: sent.daftar.clone(),
        title: sent.judul.trim().to_owned(),
        kind: sent.jenis.clone(),
        stage: sent.tahap.clone(),
        attributes: sent.ciri.clone(),
        number: text(&sent.nomor),
        year: parsed(f, &sent.tahun, "web-candidate-year").map_err(|wrong| wrong.at("tahun"))?,
        document: text(&sent.dokumen),
        page: parsed(f, &sent.halaman, "web-candidate-page").map_err(|wrong| wrong.at("halaman"))?,
        struck: sent.batal,
        seen: Some(sent.versi.parse().unwrap_or(0)),
    })
}
