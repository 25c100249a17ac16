# Teks: dari pembukaan putaran sampai berkas, daftar organisasi, dan data indikator

## Buku aturan: dokumen, hari terakhir, pertanyaan data
rules-show-document-formats = dalam bentuk { $formats }
rules-show-document-size = paling besar { $size } MiB
rules-show-latest = tidak dapat diundur melewati { $day }
rules-show-data-question = dijawab oleh pertanyaan data { $id }
rules-word-pdf = PDF
rules-word-jpeg = JPEG
rules-word-png = PNG
rules-word-xlsx = XLSX
rules-word-docx = DOCX
rules-word-csv = CSV
rules-word-mp4 = MP4
rules-key-data-question = pertanyaan data
rules-key-formats = bentuk file
rules-key-latest = hari terakhir pengunduran
rules-key-max-mib = file terbesar (MiB)
problem-rulebook-latest-before = { $event }: hari terakhir { $latest } mendahului hari yang direncanakan { $planned }.
problem-rulebook-latest-before-hint = Tulis hari yang lebih akhir, atau hapus latest.
problem-rulebook-data-question = { $indicator } bertanya kepada data tetapi bukan rasio.
problem-rulebook-data-question-hint = Tulis data_question pada klaim yang dipakai indikator ini.
