office-no-account = Tidak ada akun aktif “{ $person }”.
office-no-account-next = Daftarkan orangnya dengan “paritrana user add” lalu kirim undangan, atau aktifkan kembali akunnya.
office-account-text = { $what } akun terdiri atas 1 sampai { $max } karakter tanpa karakter kendali.
office-account-text-next = Tulis lebih pendek, dengan huruf, angka, dan spasi.
office-account-email = “{ $email }” bukan alamat surel.
office-account-email-next = Tulis seperti nama@instansi.go.id, atau kosongkan: undangan juga dapat disalin atau dicetak.
office-account-there = “{ $person }” sudah mempunyai akun.
office-account-there-next = Beri akun itu peran lain, atau pilih id lain.
