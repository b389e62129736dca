#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    mailproof_fuzz::hold(mailproof_edge::laws::keys, bytes);
    mailproof_fuzz::hold(mailproof_cli::laws::token, bytes);
});
