//! How names are compared: without case, spaces, punctuation and the usual short forms. A misprint is another name; nothing is guessed.

/// A name as it is compared: `PT. Maju Jaya, Tbk` and `Maju Jaya (PT)` are the same, `Pemkab Badung` and `Pemerintah Kabupaten Badung` too.
/// Legal forms are left out, so a company and a partnership of one name are both found.
///
/// ```
/// use award::identity::folded;
///
/// assert_eq!(folded("PT. Maju Jaya, Tbk"), folded("MAJU JAYA (PT)"));
/// assert_eq!(folded("Pemkab Badung"), folded("Pemerintah Kabupaten Badung"));
/// assert_eq!(folded("Ma'rang"), folded("Marang"));
/// assert_ne!(folded("Kab. Gorontalo"), folded("Kota Gorontalo"));
/// ```
pub fn folded(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !is_mark(*c)).collect();
    let words: Vec<String> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let bare: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_legal_form(word)).collect();
    // A name that is only a legal form is a name all the same.
    let kept = if bare.is_empty() { words.iter().map(String::as_str).collect() } else { bare };
    kept.into_iter().map(spelled_out).collect()
}

/// Apostrophes and accents written as marks of their own stand inside a word and do not end it.
fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '\u{0300}'..='\u{036f}')
}

fn is_legal_form(word: &str) -> bool {
    matches!(word, "pt" | "cv" | "ud" | "tbk" | "persero" | "perseroda" | "perumda" | "ltd")
}

fn spelled_out(word: &str) -> &str {
    match word {
        "kab" => "kabupaten",
        "kec" => "kecamatan",
        "kel" => "kelurahan",
        "prov" | "propinsi" => "provinsi",
        "pemkab" => "pemerintahkabupaten",
        "pemkot" => "pemerintahkota",
        "pemprov" => "pemerintahprovinsi",
        "pemdes" => "pemerintahdesa",
        "kep" => "kepulauan",
        "sumatra" => "sumatera",
        "dki" => "daerahkhususibukota",
        other => other,
    }
}
