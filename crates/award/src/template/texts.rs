//! What each file and column means, in Indonesian and English on one line. These stand inside files that people fill in before the program
//! speaks to them, so both languages are written at once.

/// How cells are written in files with semicolons.
pub(super) const SEMICOLON: [&str; 2] = [
    "Pecahan memakai koma: 78,5. Tanggal: 17/11/2020 atau 2020-11-17. Jam: 17/11/2020 14:30.",
    "Decimals have a comma: 78,5. Days: 17/11/2020 or 2020-11-17. Times: 17/11/2020 14:30.",
];

/// The region of a candidate, where the rulebook does not use Indonesian regions.
pub(super) const FREE_REGION: &str = "wilayah, teks bebas / region, any text";

/// What a file is.
pub(super) fn about(file: &str) -> &'static [&'static str] {
    match file {
        "events.csv" => &[
            "Kegiatan: sosialisasi, rapat persiapan, wawancara, penganugerahan. / Events: socialisation, preparation, interviews, ceremony.",
            "kind yang sama dengan id acara di kalender buku aturan memulai tenggat dari acara itu. / A kind that is the id of a calendar event of the rulebook starts the deadlines that depend on it.",
        ],
        "history.csv" => &["Capaian organisasi di edisi sebelumnya. / What organisations reached in earlier editions."],
        "candidates.csv" => &["Siapa yang ikut, satu baris per kandidat. / Who stands, one line each."],
        "dossiers.csv" => &[
            "Berkas yang masuk; yang lewat tenggat tidak diterima. / Dossiers handed in; late ones are not admitted.",
            "Bila ada satu baris saja, yang tanpa baris tidak menyerahkan. / With any row, who has none did not hand in.",
        ],
        "panel.csv" => &["Siapa yang duduk di panel. / Who sits on the panels."],
        "conflicts.csv" => &[
            "Benturan kepentingan. Struktural diungkapkan, pribadi mundur. / Conflicts of interest. Structural ones are disclosed, personal ones recuse.",
        ],
        "claims.csv" => &["Angka: diklaim, lalu diverifikasi. / Figures: claimed, then verified."],
        "items.csv" => &["Isi klaim berbentuk daftar, misalnya produk hukum. / Items of list claims, such as legal products."],
        "stated.csv" => &["Nilai yang diberikan sumber apa adanya. / Points given by a source as they are."],
        "not_applicable.csv" => &["Indikator yang tidak berlaku bagi kandidat. / Indicators that do not apply to a candidate."],
        "attendance.csv" => &["Siapa yang datang ke wawancara. / Who came to the interview."],
        "marks.csv" => &["Nilai juri. / The jurors' marks."],
        "decisions.csv" => &["Keputusan ketua dan pleno. / Decisions of the chair and the plenary."],
        "expected.csv" => &["Hasil yang harus keluar, untuk diuji. / What must come out, to be checked."],
        _ => &[],
    }
}

/// What a column means in a file.
pub(super) fn column(file: &str, column: &str) -> &'static str {
    match (file, column) {
        ("events.csv", "id") => "id kegiatan / id of the event",
        ("events.csv", "kind") => {
            "jenis, misalnya socialisation, preparation, interview / kind, such as socialisation, preparation, interview"
        }
        ("events.csv", "on") => "hari pertama, 2020-11-17 / first day",
        ("events.csv", "to") => "hari terakhir / last day",
        ("candidates.csv", "id") => "id pendek tanpa spasi / a short id without spaces",
        ("candidates.csv", "kind") => "jenis organisasi / kind of organisation",
        ("candidates.csv", "region") => "kode wilayah Kemendagri, misalnya 18.71 / official code of the region",
        ("panel.csv" | "decisions.csv" | "expected.csv", "region") => {
            "wilayah putaran; kosong untuk nasional / region of the round; empty for the nation"
        }
        // Rows of a round, not of a candidate.
        ("panel.csv" | "conflicts.csv" | "decisions.csv" | "expected.csv", "level") => "tingkat / level",
        ("attendance.csv", "state") => "present, absent, excused",
        ("conflicts.csv", "kind") => "structural, personal, doubt",
        ("conflicts.csv", "recused") => "yes atau no / yes or no",
        ("items.csv", "kind") => "jenisnya / its kind",
        ("items.csv", "stage") => "sejauh mana / how far it is",
        ("marks.csv", "indicator") => "indikator, atau * untuk seluruh lembar / indicator, or * for the whole sheet",
        ("marks.csv", "mark") => "angka, abstained, absent, not_applicable / a number or one of these words",
        ("decisions.csv", "value") => "isi keputusan, lihat docs/cycle.md / what was decided, see docs/cycle.md",
        ("decisions.csv", "by") => "siapa yang memutuskan / who decided",
        _ => general(column),
    }
}

fn general(column: &str) -> &'static str {
    match column {
        "name" => "nama / name",
        "category" => "kategori / category",
        "region" => "kode wilayah / code of the region",
        "size" => "micro, small, medium, large",
        "sector" => "sektor / sector",
        "route" => "branch, regency, own",
        "proposed_by" => "siapa yang mengusulkan / who proposed it",
        "enters_at" => {
            "tingkat tempat mulai, bila hasil di bawahnya sudah ada / level at which it begins, if results below are taken as given"
        }
        "level" => "tingkat; kosong berarti tingkat awal kandidat / level; empty means where the candidate begins",
        "at" => "waktu setempat, boleh kosong / local time, may be empty",
        "candidate" => "id kandidat / id of the candidate",
        "juror" => "id juri / id of the juror",
        "claim" => "id klaim / id of the claim",
        "claimed" => "yang diklaim / as claimed",
        "verified" => "hasil verifikasi; kosong berarti belum / as verified; empty means not yet",
        "verifier" => "siapa yang memverifikasi / who verified it",
        "reason" => "alasan / reason",
        "as_of" => "per tanggal / as of that day",
        "source" => "sumber / source",
        "evidence" => "bukti / evidence",
        "list" => "id daftar / id of the list",
        "title" => "judul / title",
        "attributes" => "ciri, dipisah spasi / attributes, with spaces between",
        "number" => "nomor / number",
        "year" => "tahun / year",
        "accepted" => "diterima: yes atau no / accepted: yes or no",
        "indicator" => "id indikator / id of the indicator",
        "points" => "nilai / points",
        "seat" => "id kursi / id of the seat",
        "office" => "jabatan / office",
        "acting" => "pelaksana tugas: yes atau no / acting: yes or no",
        "person" => {
            "id orang, bila satu orang duduk dengan beberapa nama juri / the person's id, if one person sits under several juror ids"
        }
        "delegate_for" => "mewakili siapa / delegate for whom",
        "rank" => "jabatan tertinggi yang hadir / highest rank that was there",
        "speaker" => "narasumber / speaker",
        "post" => "jabatannya / the speaker's post",
        "officials" => "berapa pejabat menyertai / how many officials came along",
        "submitted_at" => "kapan masuk, waktu setempat / when it came, local time",
        "complete" => "lengkap: yes atau no / complete: yes or no",
        "comment" => "komentar / comment",
        "decision" => "keputusan / decision",
        "organisation" => "id atau nama organisasi / id or name of the organisation",
        "edition" => "diawali tahun penilaian, misalnya 2020 / begins with the assessment year",
        "standing" => "capaian / what it reached",
        "value" => "misalnya peringkat / such as a place",
        "place" => "tempat atau peringkat / place",
        "total" => "nilai akhir yang tepat / exact total",
        "status" => "nasibnya / what became of it",
        "awards" => "penghargaan, dipisah spasi, atau none / awards, with spaces between, or none",
        "chair" => "pemimpin acara / who chaired",
        "organiser" => "penyelenggara / organiser",
        "attendees" => "yang hadir / who attended",
        _ => "catatan / note",
    }
}
