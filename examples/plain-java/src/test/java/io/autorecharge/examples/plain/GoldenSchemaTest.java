package io.autorecharge.examples.plain;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names of what the library's own migration makes. Databases that are in use have them. */
class GoldenSchemaTest {
    @ParameterizedTest
    @EnumSource(GoldenDatabase.class)
    void every_table_column_and_index_is_named_as_before(GoldenDatabase kind) throws SQLException {
        TreeSet<String> names = new TreeSet<>();
        try (Connection connection = kind.migrated().getConnection()) {
            DatabaseMetaData data = connection.getMetaData();
            String schema = connection.getSchema();
            TreeSet<String> tables = new TreeSet<>();
            try (ResultSet rows = data.getTables(null, schema, "%", null)) {
                while (rows.next()) {
                    if (rows.getString("TABLE_TYPE").contains("TABLE")) {
                        tables.add(rows.getString("TABLE_NAME"));
                    }
                }
            }
            for (String table : tables) {
                try (ResultSet rows = data.getColumns(null, schema, table, "%")) {
                    while (rows.next()) {
                        names.add(
                                table + " column " + rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME"));
                    }
                }
                try (ResultSet rows = data.getIndexInfo(null, schema, table, false, true)) {
                    while (rows.next()) {
                        String index = rows.getString("INDEX_NAME");
                        // H2 counts its own primary keys on.
                        if (index != null && !index.startsWith("PRIMARY_KEY_")) {
                            names.add(table + " index " + index.replaceAll("_INDEX_[0-9A-F]+$", "") + " on "
                                    + rows.getString("COLUMN_NAME"));
                        }
                    }
                }
            }
        }
        GoldenFile.of("schema-" + kind.name().toLowerCase(Locale.ROOT) + ".txt")
                .mustBe(String.join("\n", names).toLowerCase(Locale.ROOT) + "\n");
    }
}
