# Yang dikatakan pencarian wilayah.
place-former-name = dahulu { $name }
place-former-code = dahulu { $code }
place-other-name = juga { $name }
place-spelling = dengan ejaan lain
place-close = mirip
place-nothing = Tidak ada wilayah yang bernama "{ $query }", yang mirip pun tidak ada.
place-nothing-next = Ketik lebih sedikit kata, atau awal namanya saja.
place-unknown = Tidak ada wilayah dengan kode { $code }.
place-unknown-next = Cari dengan namanya: paritrana place search NAMA
place-was = { $from } sampai { $to }: { $name }, kode { $code }
place-was-before = sampai { $to }: { $name }, kode { $code }
place-children = Di bawahnya: { $count }
