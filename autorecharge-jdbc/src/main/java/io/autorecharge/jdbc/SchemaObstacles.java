package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks the catalogue, in one statement, what can keep the library from writing its rows: constraints, triggers, rules, policies, domains,
 * computed and narrow columns, unique indexes of others, missing rights. What is certain stands for a database in which nobody may be charged;
 * everything else is only possible, because a trigger or a constraint may be meant. Used by one thread.
 */
final class SchemaObstacles {
    /** A balance column that holds less is named, because the purchases to come are not known here. */
    private static final Credits WIDE = Credits.of(1_000_000);

    private final Connection connection;
    private final TableNames names;
    private final SchemaCatalog catalog;

    SchemaObstacles(Connection connection, TableNames names, SchemaCatalog catalog) {
        this.connection = connection;
        this.names = names;
        this.catalog = catalog;
    }

    List<SchemaObstacle> find() throws SQLException {
        WrittenColumns columns = WrittenColumns.of(catalog, names);
        if (columns.tables().isEmpty()) {
            return List.of();
        }
        List<SchemaObstacle> found = new ArrayList<>();
        if (names.dialect() == Dialect.POSTGRESQL) {
            found.addAll(ofPostgreSql(columns));
        } else {
            found.addAll(ofInformationSchema(columns));
        }
        found.removeIf(this::isOurs);
        for (WrittenColumns.Table table : columns.tables()) {
            found.addAll(uniqueIndexes(table));
        }
        narrowBalance(columns).ifPresent(found::add);
        return List.copyOf(found);
    }

    private boolean isOurs(SchemaObstacle obstacle) {
        return Set.of(ObstacleKind.CHECK, ObstacleKind.FOREIGN_KEY, ObstacleKind.TRIGGER)
                        .contains(obstacle.kind())
                && isOurs(obstacle.name());
    }

    private boolean isOurs(String name) {
        String prefix = names.accounts().tablePrefix();
        String folded = name.toLowerCase(Locale.ROOT);
        return folded.startsWith(prefix) && SchemaNames.PARTS.contains(folded.substring(prefix.length()));
    }

    private List<SchemaObstacle> ofPostgreSql(WrittenColumns columns) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (WrittenColumns.Table table : columns.tables()) {
            String commands = String.join(" ", table.commands());
            for (String column : table.columns()) {
                rows.add(new Object[] {
                    table.written(), column, table.changed().contains(column), table.hosts(), table.accounts(), commands
                });
            }
        }
        List<String> types = List.of("text", "text", "boolean", "boolean", "boolean", "text");
        try (PreparedStatement call = Pooler.prepared(connection, names, ObstacleQueries.POSTGRESQL)) {
            for (int i = 0; i < types.size(); i++) {
                int field = i;
                call.setArray(
                        i + 1,
                        connection.createArrayOf(
                                types.get(i),
                                rows.stream().map(row -> row[field]).toArray()));
            }
            return read(call);
        }
    }

    private List<SchemaObstacle> ofInformationSchema(WrittenColumns columns) throws SQLException {
        Map<String, WrittenColumns.Table> tables = new LinkedHashMap<>();
        columns.tables().forEach(table -> tables.put(table.found().name(), table));
        boolean mariaDb = connection
                .getMetaData()
                .getDatabaseProductVersion()
                .toLowerCase(Locale.ROOT)
                .contains("mariadb");
        String query = ObstacleQueries.listing(names.dialect(), mariaDb, tables.size());
        try (PreparedStatement call = Pooler.prepared(connection, names, query)) {
            bind(call, query, tables.values());
            Map<String, SchemaObstacle> found = new LinkedHashMap<>();
            for (SchemaObstacle obstacle : read(call)) {
                WrittenColumns.Table table = tables.get(obstacle.table());
                if (table != null && matters(table, obstacle)) {
                    // One missing right for each column.
                    found.putIfAbsent(obstacle.table() + " " + obstacle.kind() + " " + obstacle.name(), obstacle);
                }
            }
            return List.copyOf(found.values());
        }
    }

    private static void bind(PreparedStatement call, String query, Collection<WrittenColumns.Table> tables)
            throws SQLException {
        List<String> schemas =
                tables.stream().map(table -> table.found().schema()).distinct().toList();
        long parameters = query.chars().filter(sign -> sign == '?').count();
        int index = 0;
        while (index < parameters) {
            call.setString(++index, schemas.get(0));
            call.setString(++index, schemas.get(schemas.size() - 1));
            for (WrittenColumns.Table table : tables) {
                call.setString(++index, table.found().name());
            }
        }
    }

    private static List<SchemaObstacle> read(PreparedStatement call) throws SQLException {
        try (ResultSet rows = call.executeQuery()) {
            List<SchemaObstacle> found = new ArrayList<>();
            while (rows.next()) {
                String detail = rows.getString("detail");
                found.add(new SchemaObstacle(
                        rows.getString("table_name"),
                        ObstacleKind.valueOf(rows.getString("kind")),
                        rows.getString("name"),
                        detail == null ? "" : detail.replaceAll("\\s+", " ").strip(),
                        rows.getBoolean("certain")));
            }
            return found;
        }
    }

    /** The standard's views do not tell which columns something is about. */
    private static boolean matters(WrittenColumns.Table table, SchemaObstacle obstacle) {
        return switch (obstacle.kind()) {
            // The library's own check of this column has no name of its own.
            case CHECK -> table.hosts() ? isAboutChanges(table, obstacle) : !mentions(obstacle.detail(), "seal");
            case FOREIGN_KEY, DOMAIN -> !table.hosts() || isAboutChanges(table, obstacle);
            case COMPUTED ->
                table.hosts()
                        ? isAboutChanges(table, obstacle)
                        : table.columns().stream().noneMatch(obstacle.name()::equalsIgnoreCase);
            case TRIGGER -> table.commands().stream().anyMatch(command -> mentions(obstacle.detail(), command));
            case REFERENCED -> table.commands().contains("DELETE");
            case RIGHT ->
                table.commands().contains(obstacle.name())
                        && (obstacle.detail().isEmpty() || isNeeded(table, obstacle));
            default -> true;
        };
    }

    private static boolean isAboutChanges(WrittenColumns.Table table, SchemaObstacle obstacle) {
        return table.changed().stream().anyMatch(column -> mentions(obstacle.detail(), column));
    }

    private static boolean isNeeded(WrittenColumns.Table table, SchemaObstacle right) {
        List<String> needed = right.name().equals("SELECT") ? table.columns() : table.changed();
        return needed.contains(right.detail().toLowerCase(Locale.ROOT));
    }

    private static boolean mentions(String text, String word) {
        return Pattern.compile("(?<!\\w)" + Pattern.quote(word) + "(?!\\w)", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    /** An index with all columns of a key of the library can refuse nothing that the key does not refuse. */
    private List<SchemaObstacle> uniqueIndexes(WrittenColumns.Table table) {
        Stream<SchemaTable.FoundIndex> others = table.found().indexes().stream()
                .filter(SchemaTable.FoundIndex::unique)
                .filter(index -> !isOurs(index.name()))
                .filter(index ->
                        table.keys().stream().noneMatch(key -> index.columns().containsAll(key)))
                .filter(index -> index.columns().stream()
                        .anyMatch(part -> table.changed().stream().anyMatch(column -> mentions(part, column))));
        return others.map(index -> new SchemaObstacle(
                        table.found().name(),
                        ObstacleKind.UNIQUE_INDEX,
                        index.name(),
                        String.join(", ", index.columns()),
                        false))
                .toList();
    }

    private Optional<SchemaObstacle> narrowBalance(WrittenColumns columns) {
        AccountsTable accounts = names.accounts();
        if (accounts.isOwn() || WIDE.isAtMost(accounts.balanceType().greatest())) {
            return Optional.empty();
        }
        return columns.tables().stream()
                .filter(WrittenColumns.Table::hosts)
                .findFirst()
                .map(table -> new SchemaObstacle(
                        table.found().name(),
                        ObstacleKind.NARROW,
                        accounts.balance().toString(),
                        accounts.balanceType() + " holds at most "
                                + accounts.balanceType().greatest(),
                        false));
    }
}
