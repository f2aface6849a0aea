#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ecrgen_fuzz::judges::specs(data));
