package io.autorecharge.stripe.simulator;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The fingerprint of an account number: the same text for the same number, which does not contain the number. */
final class Fingerprints {

    private Fingerprints() {}

    static String of(String number) {
        CRC32 checksum = new CRC32();
        checksum.update(number.getBytes(StandardCharsets.UTF_8));
        return "sim" + Long.toString(checksum.getValue(), 36);
    }
}
