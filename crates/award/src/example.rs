//! A small, complete year for `rules::EXAMPLE`: two villages, three jurors, one winner. Documentation and tests stand on it.

use crate::cycle::folder::Folder;

const FILES: [(&str, &str); 6] = [
    (
        "cycle.toml",
        r#"format = "paritrana-cycle-1"
id = "kampung-2026"
name = { id = "Kampung bersih", en = "Clean villages" }
rulebook = "rulebook.toml"
data = "invented"
"#,
    ),
    (
        "candidates.csv",
        "id,name,category,kind,region\nmelati,Kampung Melati,village,village,51.03\nkenanga,Kampung Kenanga,village,village,51.04\n",
    ),
    (
        "claims.csv",
        "candidate,claim,claimed,verified,verifier,reason\nmelati,bins,40,40,Ani,\nkenanga,bins,50,45,Ani,five are broken\n",
    ),
    ("panel.csv", "level,juror,name,seat\ncity,ayu,Ayu,chair\ncity,budi,Budi,member\ncity,citra,Citra,member\n"),
    (
        "marks.csv",
        "juror,candidate,indicator,mark\nayu,melati,impression,80\nbudi,melati,impression,85\ncitra,melati,impression,90\n\
         ayu,kenanga,impression,70\nbudi,kenanga,impression,75\ncitra,kenanga,impression,80\n",
    ),
    (
        "expected.csv",
        "level,category,candidate,place,total,status\ncity,village,melati,1,83,advances\ncity,village,kenanga,2,81,below\n",
    ),
];

/// The folder of a small, complete year that follows `rules::EXAMPLE`.
///
/// ```
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// assert_eq!(cycle.tables.candidates.len(), 2);
/// ```
pub fn example() -> Folder {
    FILES.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect()
}
