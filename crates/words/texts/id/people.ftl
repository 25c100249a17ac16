# Siapa naik, siapa adalah siapa, dan siapa bertindak untuk siapa.

refusal-closed-above = { $candidate } tidak dapat naik lagi dari { $contest }: penilaian { $above } sudah ditutup.
refusal-closed-above-next = Tahap itu berlanjut dengan peserta yang ada; hasilnya hanya berubah oleh keberatan atau pencabutan di sana.
refusal-stands-above = { $candidate } tidak dapat dikeluarkan dari { $contest }: masih berdiri di { $above }, yang penilaiannya sudah ditutup.
refusal-stands-above-next = Mundur atau cabut dahulu di sana, lalu ulangi di sini.
refusal-no-standing-letter = { $delegate } tidak memegang surat tugas yang berlaku pada { $day } untuk bertindak bagi { $person } di tahap ini.
refusal-no-standing-letter-next = Minta sekretariat mencatat surat tugas beserta masanya, atau yang bersangkutan melakukannya sendiri.
refusal-juror-untied = { $juror } belum dikaitkan dengan orang yang terdaftar.
refusal-juror-untied-next = Daftarkan orangnya, lalu sebutkan dalam pengangkatan.
refusal-seat-of-another = { $person } tidak duduk sebagai juri { $juror }.
refusal-seat-of-another-next = Biarkan orang yang duduk di sana melakukannya, atau pembantu juri dengan masa tugas menuliskannya.
refusal-person-seated = { $person } sudah duduk di tim penilai ini sebagai juri { $juror } pada hari yang sama.
refusal-person-seated-next = Angkat orang lain, atau akhiri dahulu masa tugas itu.
refusal-juror-is-aide = { $person } menulis untuk juri { $juror } pada hari itu dan tidak dapat duduk di tim penilai.
refusal-juror-is-aide-next = Angkat orang lain, atau akhiri dahulu masa pembantu juri itu.
refusal-organisation-untold = { $candidate }: belum disebut organisasi mana dalam daftar.
refusal-organisation-untold-next = Daftarkan organisasinya dan sebutkan, agar hanya sekali ikut dalam edisi ini.
refusal-deadline-counts = { $event }: { $deadline } sudah berlaku sampai { $day } dan tidak dipindahkan lewat hari kalender.
refusal-deadline-counts-next = Ketua atau panitia pusat memindahkan batas waktu, dengan alasan.
refusal-deadline-past = { $event }: dengan hari ini { $deadline } sudah berakhir pada { $day }, sebelum siapa pun diberi tahu.
refusal-deadline-past-next = Sebutkan hari yang membuat batas waktu masih akan datang.
refusal-disqualification-proposed = Diskualifikasi { $candidate } di { $contest } sudah diusulkan.
refusal-disqualification-proposed-next = Minta orang lain mengukuhkannya.
refusal-disqualification-not-proposed = Belum ada yang mengusulkan diskualifikasi { $candidate } di { $contest }.
refusal-disqualification-not-proposed-next = Usulkan dahulu dengan alasan dan bukti; lalu orang lain mengukuhkan.
refusal-withdraw-own = Penilaian sudah ditutup: kini hanya { $candidate } sendiri yang dapat mundur.
refusal-withdraw-own-next = Minta yang bertindak bagi calon itu mengundurkan diri; diskualifikasi memerlukan dua orang.
