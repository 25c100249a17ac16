// By which words a text in the other language is known. Two small words in one piece of text, or a whole text that is one of the labels of buttons
// and columns: names of offices and organisations have at most one such word ("Dinas Tenaga Kerja dan Transmigrasi").
const INDONESIAN = {
  many: ["yang", "dan", "dengan", "untuk", "tidak", "adalah", "dari", "pada", "ini", "itu", "akan", "sudah", "belum", "oleh", "atau", "dalam", "bila", "setiap", "dapat", "harus", "menurut", "lebih", "semua", "kepada", "sampai", "tahun", "hari"],
  alone: ["kembali", "kirim", "simpan", "batal", "unduh", "masuk", "keluar", "kandidat", "nilai", "lihat", "cari", "berkas", "aturan", "jadwal", "pemenang", "putaran", "kategori", "tingkat", "wilayah", "catatan", "tahap", "selesai", "belum", "sudah", "terlambat", "tutup", "hapus", "ubah", "tambah", "kursi", "riwayat"],
};
const ENGLISH = {
  many: ["the", "and", "of", "with", "is", "are", "not", "from", "this", "that", "will", "by", "or", "for", "to", "on", "has", "have", "been", "which", "who", "must", "may", "each", "every"],
  alone: ["back", "send", "save", "cancel", "download", "sign in", "sign out", "candidate", "candidates", "score", "show", "search", "file", "files", "rules", "calendar", "winners", "winner", "round", "category", "level", "region", "remark", "phase", "done", "late", "close", "delete", "change", "add", "seat", "history", "province"],
};

/** The words of the other language, by the language of a page. */
export const WORDS = { id: ENGLISH, en: INDONESIAN };
