package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that are in use were made by these statements. */
class ReleasedSchemaFilesTest {
    @ParameterizedTest(name = "version {1} on {0}")
    @CsvSource({
        "POSTGRESQL, 1, e15a3575fdb3582dc59cdcde83181a40ce5885d5e9cbe05ec7bbf3bc0903e922",
        "POSTGRESQL, 2, af93d5d8d48a854dad861f3ffb76f3065ab5d50c815e2298fd857fa92f17e649",
        "POSTGRESQL, 3, 3778a7d4de167162e7b604c8a4331b09742018f02f97210eee86d0552b443c98",
        "POSTGRESQL, 4, a226e19867820b139d590935327d177a6ab4e0cb64942c08db85993739b007d7",
        "POSTGRESQL, 5, e3935a6c4c281bf6e5957eb7ae48c4ea04a6f019e4bd744ac32928c3a81e7fae",
        "H2, 1, 7fa686f9b32288b1df3fe37f1dd7f5d2956947bb2050a78d5a7fd000851b1e97",
        "H2, 2, af93d5d8d48a854dad861f3ffb76f3065ab5d50c815e2298fd857fa92f17e649",
        "H2, 3, c5dffe778fcd2c2ddd833c0da1d3f6c03c20c4693c4e5bb561b59b081c0ff235",
        "H2, 4, a226e19867820b139d590935327d177a6ab4e0cb64942c08db85993739b007d7",
        "H2, 5, 98753b86325f25231476e6eb2add28b29a54639480b0ef2acff076614f773d57",
        "MARIADB, 1, 215dcd496f645f526254d30d41204e0cf0ef9916a2ca50e11de2f3d47c2514fe",
        "MARIADB, 2, 19b112877f3147526b9b548485237de25e598680b7056af69459697864eb80f7",
        "MARIADB, 3, e1ba8c269c96fce123156d472df97f6e55edb827da7bc9e5249bdbdba9872367",
        "MARIADB, 4, 5ccc8999631603d5132b24fe8087e8e91df2708f71d9812d902abb370784ae8a",
        "MARIADB, 5, 842e50fd2a07f0cc7e8aed2b5b6c3c5e0d67c3bc47b112e8d2a7f809a7d717b8"
    })
    void a_released_file_makes_byte_for_byte_what_it_always_made(Dialect dialect, int version, String digest) {
        SchemaFile file = SchemaFile.ALL.get(version - 1);

        String rendered = file.tables(TableNames.configured(dialect, AccountsTable.own())).stream()
                .map(SchemaStep::statement)
                .collect(Collectors.joining(";\n"));

        assertThat(digest(rendered)).isEqualTo(digest);
    }

    private static String digest(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
