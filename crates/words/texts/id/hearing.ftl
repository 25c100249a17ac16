## Rombongan dan bahan wawancara
refusal-nobody-sent = Tidak disebut siapa yang diutus { $candidate }.
refusal-nobody-sent-next = Sebut rombongannya, pembicara lebih dahulu.
refusal-delegates-many = Rombongan { $candidate } terlalu besar; paling banyak { $most } orang.
refusal-delegates-many-next = Sebut yang benar-benar ikut masuk.
refusal-delegation-late = Waktu { $candidate } sudah dimulai ({ $until }); rombongannya tidak dapat diubah lagi di sini.
refusal-delegation-late-next = Sampaikan kepada petugas di meja penerimaan.
refusal-sent-so = { $candidate } sudah menyebut rombongan yang sama.
refusal-sent-so-next = Tidak perlu apa-apa lagi.
refusal-material-late = Bahan { $candidate } harus masuk sebelum { $until }.
refusal-material-late-next = Hubungi sekretariat sebelum wawancara dimulai.
refusal-material-format = { $file } berformat { $format }; bahan wawancara boleh { $formats }.
refusal-material-format-next = Simpan sebagai PDF, lalu kirim lagi.
refusal-material-size = { $file } kosong atau lebih dari { $most } MiB.
refusal-material-size-next = Perkecil gambarnya, lalu simpan sebagai PDF.
refusal-material-twice = { $file } sudah masuk.
refusal-material-twice-next = Tidak perlu apa-apa lagi.
refusal-materials-many = { $candidate } sudah menyerahkan { $most } bahan, dan itu batasnya.
refusal-materials-many-next = Gabungkan bahan menjadi satu berkas pada edisi berikutnya; yang sudah masuk tetap dipakai.
changed-delegation = Menyebut rombongan wawancara
changed-material = Menyerahkan bahan wawancara “{ $title }”: { $file }
stepper-next-submit-again = Semua yang dikembalikan sudah diperbaiki: kirim lagi berkasnya.

# Kata yang ditulis buku aturan dan tidak dikenal formatnya
rules-word-agriculture = pertanian, perkebunan, kelautan
rules-word-finance = keuangan, perbankan
rules-word-manufacturing = manufaktur, konstruksi
rules-word-mining = pertambangan
rules-word-oil-gas = minyak dan gas
rules-word-trade-services = perdagangan, jasa
rules-word-dpa-apbd = DPA APBD
rules-word-rkpd = RKPD
rules-word-pks-mou = PKS atau MoU

# Halaman
web-person-nameless = nama tidak ditampilkan
web-candidate-returned = dikembalikan
web-candidate-returned-title = Dikembalikan untuk diperbaiki
web-candidate-corrected = Yang dikembalikan sudah diperbaiki; tinggal dikirim lagi
web-candidate-returned-by = Dikembalikan oleh
web-candidate-returned-until = Paling lambat
web-candidate-to-correct = Yang perlu diperbaiki
web-candidate-correct-count = { $count } perlu diperbaiki
web-candidate-sent-before = Pengiriman terakhir, sebelum dikembalikan:
web-candidate-claims-so-far = { $done } dari { $all } angka terisi
web-candidate-claims-to-do = Yang masih perlu dilihat
web-candidate-claims-all-there = Semua angka terisi dan tidak ada yang janggal.
web-candidate-claims-other = Syarat ikut
web-candidate-claims-filled-of = { $done } dari { $all } terisi
web-candidate-claims-look = perlu diperiksa
web-candidate-claims-filled-chip = terisi
web-hearing-sent = Rombongan
web-hearing-sent-what = Sebut siapa yang datang. Yang pertama berbicara; bila bukan pimpinan, lampirkan surat tugasnya. Dapat diubah sampai waktunya mulai.
web-hearing-speaker = Nama yang berbicara
web-hearing-post = Jabatan
web-hearing-rank = Jenjang
web-hearing-rank-choose = Pilih
web-hearing-others = Pendamping
web-hearing-others-how = Satu orang satu baris: nama, koma, jabatan.
web-hearing-letter-file = Surat tugas
web-hearing-letter-how = PDF, JPEG, PNG, XLSX, atau DOCX. Tanpa berkas baru, surat yang sudah ada tetap berlaku.
web-hearing-letter-there = Surat tugas: { $what }
web-hearing-send = Simpan rombongan
web-hearing-nobody = Belum ada yang disebut.
web-hearing-speaks = berbicara
web-hearing-materials = Bahan paparan
web-hearing-materials-what = Serahkan sebelum batas waktu. Beberapa berkas boleh, satu demi satu.
web-hearing-no-materials = Belum ada bahan.
web-hearing-material-title = Judul bahan
web-hearing-material-file = Berkas
web-hearing-material-how = PDF, JPEG, PNG, XLSX, atau DOCX, paling besar 25 MiB.
web-hearing-hand-in = Serahkan bahan
web-hearing-line = Ada baris pendamping tanpa jabatan.
web-hearing-line-next = Tulis nama, koma, lalu jabatan, satu orang satu baris.
web-hearing-form = Formulir ini tidak lengkap atau terputus di tengah jalan.
web-hearing-form-next = Muat ulang halaman ini, lalu isi lagi.
web-hearing-no-file = Belum ada berkas yang dipilih.
web-hearing-no-file-next = Pilih berkasnya, lalu serahkan lagi.
web-enter-go-on = Lanjut
web-enter-open-of = { $count ->
    [0] Belum ada kategori yang terbuka
   *[other] { $count } kategori mungkin terbuka bagi Anda
 }
web-map-late-count = { $count } provinsi terlambat dari rencana
web-map-late-where = Bergaris putus dan bertanda !; berapa hari, ada di tabel.
web-hearing-name = Sebut rombongan
web-hearing-change = Ubah rombongan
web-hearing-other-answer = Ubah jawaban
