# Teks: panduan bagi kandidat
web-guide-title = Panduan bagi kandidat
web-guide-help = Bantuan
web-guide-foot = Panduan bagi kandidat
web-guide-what = Sebelas bagian pendek, menurut urutan jalannya penghargaan. Baca yang Anda perlukan sekarang.
web-guide-topics = Bagian panduan
web-guide-contents = Di halaman ini
web-guide-all = Semua bagian
web-guide-part = Bagian { $count } dari 11
web-guide-before = Sebelumnya: { $what }
web-guide-after = Berikutnya: { $what }
web-guide-turn = Bagian sebelum dan sesudah ini
