# Texts: files that are kept

## What was found instead of a kind that is kept
files-found-html = halaman web (HTML)
files-found-svg = gambar SVG
files-found-xml = berkas XML
files-found-program = program
files-found-macros = berkas Office dengan makro
files-found-old-office = berkas Office lama, berkas RTF, atau berkas Office dengan kata sandi
files-found-archive = arsip (ZIP atau sejenisnya)
files-found-other-picture = gambar atau film jenis lain (HEIC, GIF, TIFF, WebP, MP4)
files-found-not-utf8 = teks yang bukan UTF-8
files-found-unknown = berkas jenis yang tidak dikenal

## Refusals and failures: what is so, and under -next what to do
files-bad-place = Berkas tidak dapat disimpan di { $place }: { $why }.
files-bad-place-next = Sebutkan sebuah folder, atau s3://bucket/awalan.
files-no-folder = Folder { $folder } tidak ada, begitu pula folder induknya.
files-no-folder-next = Buat folder itu, atau sebutkan yang lain.
files-no-bucket = Bucket untuk { $place } tidak ada.
files-no-bucket-next = Buat bucket itu di penyimpanan S3, atau sebutkan yang lain.
files-not-allowed = Akses ke { $place } ditolak.
files-not-allowed-next = Minta administrator memeriksa hak program ini, atau kunci penyimpanan S3.
files-read-only = { $place } tidak dapat ditulisi.
files-read-only-next = Minta administrator memeriksa pemilik tempat itu dan apakah disknya hanya dapat dibaca.
files-full = Tidak ada ruang lagi di { $place }. Tidak ada bagian berkas ini yang disimpan.
files-full-next = Minta administrator menyediakan ruang, lalu kirim berkas itu lagi.
files-failure = Tempat penyimpanan berkas bermasalah. Tidak ada bagian berkas ini yang disimpan.
files-failure-next = Coba lagi beberapa menit lagi; jika tetap gagal, beri tahu administrator, yang dapat melihat sebabnya di log.
files-input = Sambungan terputus sebelum seluruh berkas diterima.
files-input-next = Kirim lagi; unggahan bertahap diteruskan dari tempat berhentinya.
files-empty = Berkas kosong.
files-empty-next = Pilih berkas itu lagi, dan buka dahulu untuk memastikan ada isinya.
files-too-large = Berkas terlalu besar: sedikitnya { $size } MB, padahal paling banyak { $limit } MB.
files-too-large-next = Perkecil, misalnya dengan memindai pada 150 dpi, atau bagi menjadi beberapa berkas.
files-kind = Ini { $found }. Yang diterima: PDF, PNG, JPEG, XLSX, DOCX, CSV, dan teks biasa UTF-8.
files-kind-next = Simpan atau ekspor sebagai salah satunya, paling mudah sebagai PDF; tabel sebagai CSV UTF-8.
files-missing = Berkas { $hash } tidak ada.
files-missing-next = Minta administrator memulihkannya dari cadangan; isinya harus memiliki hash ini.
files-changed = Berkas { $hash } telah berubah: isinya kini memiliki hash { $found }.
files-changed-next = Jangan dipakai. Minta administrator memulihkannya dari cadangan dan mencari tahu siapa yang mengubahnya.
files-out-of-range = Berkas { $hash } berisi { $size } bita, jadi tidak ada yang mulai pada bita { $from }.
files-out-of-range-next = Mintalah bagian di dalam berkas itu.
files-unknown-upload = Unggahan { $id } tidak ada: sudah dibatalkan, atau terlalu lama tidak ada kiriman.
files-unknown-upload-next = Mulai unggahan dari awal.
files-wrong-offset = Unggahan dilanjutkan pada bita { $right }, bukan pada bita { $given }.
files-wrong-offset-next = Kirim lanjutannya dari sana.
files-too-much = Diberitahukan { $expected } bita, tetapi yang datang lebih banyak.
files-too-much-next = Mulai unggahan dari awal, dengan ukuran berkas yang sekarang.
files-incomplete = Baru { $received } dari { $expected } bita yang diterima.
files-incomplete-next = Kirim sisanya, lalu selesaikan.

## Sebuah tindakan menyebut berkas digital
refusal-file-not-kept = { $file }: berkas dengan hash { $hash } belum pernah dikirim ke sini.
refusal-file-not-kept-next = Kirim berkasnya dahulu; setelah tiba utuh, ulangi langkah ini.
refusal-file-size = { $file }: disebut { $told } bita, padahal berkas yang tersimpan { $found } bita.
refusal-file-size-next = Kirim lagi berkasnya, lalu sebutkan ukuran yang dijawab saat itu.
refusal-file-kind = { $file }: disebut berbentuk { $told }, padahal isinya { $found }.
refusal-file-kind-next = Sebutkan bentuk yang dijawab ketika berkas itu dikirim.
cli-verified-files = { $edition }: berkas yang disebut tindakan: { $kept } tercatat tersimpan, { $elsewhere } tidak disimpan di sini.
cli-files-intact = { $edition }: berkas tindakan yang dibaca: { $files } dari { $all }, semuanya utuh. Bita: { $bytes }.
cli-files-none = { $edition }: tidak ada tindakan yang menyebut berkas, jadi tidak ada yang dibaca.
cli-files-made = Folder berkas { $place } tidak ada lalu dibuat; hanya pengguna ini yang dapat membacanya. Jika seharusnya di cakram tersendiri, cakram itu belum terpasang.
cli-files-elsewhere = { $edition }: berkas tindakan yang tidak disimpan di sini: { $elsewhere } dari { $all }; tidak ada yang membacanya. Berkas itu ada pada pemegangnya saat tindakan dicatat.
cli-files-differ = { $edition }: berkas tindakan yang utuh: { $files } dari { $all }. Hilang: { $missing }, tidak seperti yang tercatat: { $changed }.
cli-files-differ-next = Periksa apakah ini tempat berkas dan cakramnya terpasang. Kembalikan berkasnya dari salinan tempat itu, lalu verifikasi lagi; yang dikatakan jurnal tentangnya tetap.
cli-files-not-read = { $edition }: isi berkas tidak dibaca. Sebutkan tempatnya dengan --files.
files-bucket = { $place } tidak melakukan yang diminta. Yang dicoba: { $doing } ({ $key }). Sebabnya: { $why }
files-bucket-next = Periksa apakah server menjawab di alamat itu dari mesin ini (curl), dan apakah AWS_ENDPOINT serta AWS_REGION menyebutnya (alamat http:// memerlukan AWS_ALLOW_HTTP=true), lalu ulangi; tidak ada yang tertinggal setengah jadi.
files-bucket-refused = { $place } menolak kuncinya: { $why }
files-bucket-refused-next = Periksa AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY, dan apakah kunci itu boleh mendaftar isi bucket dan membacanya; untuk menyimpan berkas ia juga harus boleh menulis dan menghapus.
files-bucket-missing = Bucket itu tidak ada: { $place }
files-bucket-missing-next = Periksa namanya, dan apakah AWS_ENDPOINT serta AWS_REGION menyebut server yang memilikinya; program ini tidak membuat bucket.
files-disk = Cakram tidak melakukan yang diminta di { $place }. Yang dicoba: { $doing }. Sebabnya: { $why }
files-disk-next = Periksa cakram dan hak program ini di sana, lalu ulangi; tidak ada yang tertinggal setengah jadi.
