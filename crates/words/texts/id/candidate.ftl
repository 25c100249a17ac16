# Teks: yang tampil di halaman peserta

## Register produk hukum
refusal-product-word = Tidak ada { $what } “{ $word }” dalam daftar ini.
refusal-product-word-next = Pilih salah satu yang dikenal buku aturan.
product-kind = jenis
product-stage = tahap
product-attribute = ciri
refusal-product-attribute-twice = Ciri “{ $word }” disebut dua kali.
refusal-product-attribute-twice-next = Sebutkan setiap ciri satu kali saja.
refusal-product-year = Tahun { $year } tidak mungkin untuk produk hukum.
refusal-product-year-next = Periksa tahunnya: empat angka, mulai 1945.
refusal-product-page = Halaman dihitung mulai 1.
refusal-product-page-next = Isi nomor halaman, atau kosongkan.
refusal-product-twice = “{ $title }” sudah ada dalam register.
refusal-product-twice-next = Ubah yang sudah ada, atau beri judul yang membedakannya.
refusal-product-same = “{ $title }” sudah tercatat persis seperti itu.
refusal-product-same-next = Tidak ada yang perlu dilakukan.
refusal-product-stale = “{ $title }” sudah diubah orang lain: Anda melihat versi { $seen }, yang tercatat versi { $current }.
refusal-product-stale-next = Bandingkan isian Anda dengan yang tercatat, lalu simpan lagi.
refusal-products = Paling banyak { $most } produk dalam satu register.
refusal-products-next = Catat yang paling penting; hanya beberapa yang dihitung.

## Daftar periksa dan kesiapan
refusal-no-dossier-here = { $candidate } tidak menyerahkan berkas pada tingkat ini.
refusal-no-dossier-here-next = Berkas dari tingkat sebelumnya tetap berlaku.
refusal-readiness-no-rule = Lomba ini tidak ada dalam buku aturan.
refusal-readiness-no-rule-next = Periksa kategori dan tingkatnya.
refusal-readiness-over = Penilaian sudah ditutup: kesiapan { $candidate } tidak dihitung lagi.
refusal-readiness-over-next = Tunggu pengumuman hasil.
document-example = Contoh: { $name } ({ $formats }, paling besar { $most } MB)
readiness-provisional = Sementara: seolah semua angka diterima seperti yang dilaporkan. Nilai juri, kehadiran, dan perbandingan dengan peserta lain belum termasuk.
raise-everybody = Jika “{ $claim }” mencapai { $all }, sama dengan “{ $to }” (sekarang { $part }).
raise-stage = Jika { $kind } yang sekarang “{ $from }” sampai pada tahap “{ $stage }”.
raise-item = Satu lagi { $kind } pada tahap “{ $stage }”.
raise-claim = “{ $indicator }” belum dilaporkan; paling banyak sebesar ini.
raise-highest = Jika “{ $indicator }” mencapai nilai tertinggi.

## Saat angka diketik
warning-unfit = Angka ini belum sesuai bentuknya. { $why }
warning-unfit-next = Periksa angka dan satuannya.
warning-implausible = { $what } menjadi { $value }, di luar batas wajar { $least } sampai { $most }.
warning-implausible-next = Periksa angka, satuan, dan nol yang berlebih.
warning-coverage = { $indicator }: { $part } dari { $all } berarti { $percent } %, lebih dari seluruhnya.
warning-coverage-next = Samakan tanggal dan cakupan kedua angka, lalu periksa mana yang terbalik.
warning-nobody = { $indicator }: pembagi 0 tidak memberi nilai.
warning-nobody-next = Isi jumlah seluruhnya, bukan 0.
warning-capped = { $what } sudah { $value } dengan separuh “{ $claim }”: anggaran ini membayar lebih lama daripada yang dihitung.
warning-capped-next = Periksa apakah anggaran dan jumlah orang berlaku untuk tahun yang sama, dan satuannya rupiah.
warning-jump = Angka ini { $value }; sebelumnya { $before }.
warning-jump-next = Jika benar, tuliskan sumber dan alasannya di isian Sumber; jika tidak, perbaiki.
warning-growth = Angka ini { $value }; tahun sebelumnya { $before }.
warning-growth-next = Jika benar, siapkan bukti pertumbuhannya; jika tidak, perbaiki.
warning-as-of = Tanggal { $day } di luar masa penilaian, { $from } sampai { $to }.
warning-as-of-next = Pakai angka pada masa penilaian, biasanya hari terakhirnya.

## Siapa yang bisa ikut
enter-kind-yes = Jenis “{ $value }” termasuk kategori ini.
enter-kind-no = Kategori ini untuk { $words }, bukan “{ $value }”.
enter-kind-unknown = Kategori ini untuk { $words }.
enter-size-yes = Skala “{ $value }” sesuai.
enter-size-no = Kategori ini untuk skala { $words }, bukan “{ $value }”.
enter-size-unknown = Kategori ini menanyakan skala: { $words }.
enter-sector-yes = Sektor “{ $value }” sesuai.
enter-sector-no = Kategori ini untuk sektor { $words }, bukan “{ $value }”.
enter-sector-unknown = Kategori ini menanyakan sektor: { $words }.
enter-word-yes-next = Tidak ada yang perlu dilakukan.
enter-word-no-next = Kategori lain mungkin sesuai. Periksa juga jawaban Anda.
enter-word-unknown-next = Lengkapi jawaban Anda tentang ini.
enter-region-yes = Wilayah: { $region }.
enter-region-yes-next = Tidak ada yang perlu dilakukan.
enter-region-kind = “{ $region }” bukan { $kind }.
enter-region-kind-next = Pilih wilayah Anda sendiri, atau ganti jawaban tentang siapa Anda.
enter-region-unknown = Wilayah “{ $region }” tidak dikenal.
enter-region-unknown-next = Pilih wilayah dari daftar.
enter-gate-yes = Syarat “{ $gate }” terpenuhi.
enter-gate-yes-next = Simpan buktinya: syarat ini diverifikasi.
enter-gate-no = Syarat “{ $gate }” belum terpenuhi.
enter-gate-no-next = Penuhi “{ $gate }” sebelum diusulkan, lalu tanyakan lagi.
enter-gate-final = Syarat “{ $gate }” tidak terpenuhi untuk tahun ini.
enter-gate-final-next = Ikut lagi bila “{ $gate }” sudah lewat masanya.
enter-gate-unknown = Syarat “{ $gate }” belum dijawab.
enter-gate-unknown-next = Siapkan jawaban dan bukti untuk “{ $gate }”.

## Enam langkah
step-register = Daftar
step-complete = Lengkapi berkas
step-submit = Kirim
step-verification = Verifikasi
step-interview = Wawancara
step-announcement = Pengumuman
stepper-declined = Anda menyatakan tidak ikut serta.
stepper-withdrawn = Anda sudah mengundurkan diri.
stepper-dropped-out = Anda tidak lagi ikut setelah hasil ditetapkan.
stepper-next-consent = Jawab pengusulan: ikut atau tidak.
stepper-next-entered = Pengusulan sedang dicatat.
stepper-next-correct = Perbaiki dokumen yang dikembalikan, lalu kirim lagi.
stepper-next-complete = Serahkan dokumen wajib yang belum ada.
stepper-next-submit = Semua dokumen wajib ada: kirim berkasnya.
stepper-next-opening = Tunggu sampai putaran dibuka; baru setelah itu berkas dapat diserahkan.
stepper-next-late = Batas waktu berkas sudah lewat: tunggu keputusan panitia, atau minta ketua mengundurkan tenggat.
stepper-next-verification = Verifikator memeriksa angka; tanggapi bila ada yang dikembalikan.
stepper-next-slot = Tunggu jadwal wawancara.
stepper-next-answer = Jawab undangan wawancara.
stepper-next-come = Siapkan paparan dan datang tepat waktu.
stepper-next-begun = Waktu wawancara sudah tiba: tunggu panitia mencatat kehadiran.
stepper-next-excused = Tunggu keputusan tentang jadwal wawancara.
stepper-next-judging = Juri menilai; tunggu pengumuman.
stepper-next-provisional = Hasil sementara terbit: keberatan dapat diajukan sampai batas waktunya.
stepper-next-result = Hasil sudah diumumkan.

## Siapa yang datang ke wawancara
hearing-asks-leader = { $rank } hadir sendiri
hearing-asks-officials = paling sedikit { $least } pejabat pendamping
hearing-lacks-officials = Pejabat pendamping: { $came } orang, padahal diminta paling sedikit { $least }.
hearing-lacks-leader = Jenjang tertinggi dalam rombongan: { $rank }, padahal pimpinan diminta hadir sendiri.

## Siapa mengubah apa
changed-document = Menyerahkan “{ $document }”: { $file }
changed-claim = Mengisi “{ $claim }”: { $value }
changed-claim-yes = Menjawab “{ $claim }”: ya
changed-claim-no = Menjawab “{ $claim }”: tidak
changed-claim-none = Mengosongkan “{ $claim }”
changed-product = Mencatat “{ $title }” pada tahap “{ $stage }”
changed-product-struck = Mencoret “{ $title }” ({ $stage })
changed-item-accepted = Menerima “{ $title }” setelah diperiksa
changed-item-accepted-because = Menerima “{ $title }” setelah diperiksa: { $reason }
changed-item-struck = Tidak menerima “{ $title }”
changed-item-struck-because = Tidak menerima “{ $title }”: { $reason }
changed-submitted = Mengirim berkas
changed-returned = Mengembalikan berkas: { $reason }
changed-admitted-late = Menerima berkas yang terlambat: { $reason }
changed-withdrawn = Mengundurkan diri: { $reason }
changed-consented = Menyatakan ikut serta
changed-declined = Menyatakan tidak ikut: { $reason }
changed-invitation = Menjawab undangan wawancara

## Kiriman berkas
upload-archive-behind = Di belakang isi berkas ini tersembunyi sebuah arsip.
upload-archive-behind-next = Simpan ulang berkasnya dari program asalnya, lalu kirim lagi.
upload-something-behind = Di belakang akhir berkas ini masih ada isi lain.
upload-something-behind-next = Simpan ulang berkasnya dari program asalnya, lalu kirim lagi.
upload-markup = Berkas ini memuat halaman web atau skrip.
upload-markup-next = Kirim hasil pindaian atau foto yang asli.
upload-bomb = Isi berkas ini mengembang terlalu besar bila dibuka.
upload-bomb-next = Hapus baris dan gambar yang tidak perlu, lalu simpan ulang.
upload-entries = Berkas ini memuat terlalu banyak bagian.
upload-entries-next = Pecah menjadi beberapa berkas.
upload-names = Bagian di dalam berkas ini bernama seperti jalur ke tempat lain.
upload-names-next = Simpan ulang berkasnya dari Word atau Excel, lalu kirim lagi.
upload-locked = Berkas ini terkunci kata sandi atau dikemas dengan cara yang tidak dikenal.
upload-locked-next = Simpan tanpa kata sandi, lalu kirim lagi.
upload-broken = Berkas ini rusak atau isinya saling bertentangan.
upload-broken-next = Buka dan simpan ulang, lalu kirim lagi.
upload-no-place = Di sini belum ada tempat untuk berkas.
upload-no-place-next = Minta pengelola menetapkan tempat berkas.
upload-unknown = Kiriman ini tidak ada, sudah selesai, atau dimulai oleh orang lain.
upload-unknown-next = Mulai lagi dari daftar periksa.
upload-too-many = Sudah ada { $found } kiriman Anda yang belum selesai; paling banyak { $most }.
upload-too-many-next = Selesaikan atau batalkan salah satunya dulu.
upload-too-much = Berkas peserta ini sudah { $found } MB; paling banyak { $most } MB.
upload-too-much-next = Perkecil berkasnya, atau batalkan kiriman yang tidak perlu.
upload-infected = Pemindai menemukan { $virus } dalam berkas ini.
upload-infected-next = Bersihkan komputer asalnya, lalu kirim berkas yang bersih.
upload-unscanned = Pemindai virus tidak menjawab, jadi berkas ini belum diterima.
upload-unscanned-next = Coba lagi beberapa menit kemudian.
