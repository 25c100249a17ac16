# Siapa naik, siapa adalah siapa, dan siapa bertindak untuk siapa.

refusal-closed-above = { $candidate } tidak dapat naik lagi dari { $contest }: penilaian { $above } sudah ditutup.
refusal-closed-above-next = Tahap itu berlanjut dengan peserta yang ada; hasilnya hanya berubah oleh keberatan atau pencabutan di sana.
refusal-stands-above = { $candidate } tidak dapat dikeluarkan dari { $contest }: masih berdiri di { $above }, yang penilaiannya sudah ditutup.
refusal-stands-above-next = Mundur atau cabut dahulu di sana, lalu ulangi di sini.
