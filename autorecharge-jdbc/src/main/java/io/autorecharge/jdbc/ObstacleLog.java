package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what the catalogue shows to stand in the way: once for each database and process, however many stores are created. Thread-safe. */
final class ObstacleLog {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    /** More than one process has databases. */
    private static final int REMEMBERED = 1000;

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private ObstacleLog() {}

    /**
     * Logs the obstacles that were not logged before.
     *
     * @throws IllegalStateException naming those with which nothing can be written
     */
    static void report(Connection connection, TableNames names, SchemaCatalog catalog) throws SQLException {
        List<SchemaObstacle> found;
        try {
            found = new SchemaObstacles(connection, names, catalog).find();
        } catch (SQLException e) {
            LOG.warn("The catalogue could not be asked what may stand in the way of ledger entries", e);
            return;
        }
        String database =
                connection.getMetaData().getURL() + " " + names.schema().orElse(null);
        for (SchemaObstacle obstacle : found) {
            if (!obstacle.certain() && TOLD.size() < REMEMBERED && TOLD.add(database + " " + obstacle)) {
                LOG.warn(
                        "{}. If the database refuses an entry of a payment, the entry is owed and tried again, and the account is not charged"
                                + " meanwhile",
                        obstacle);
            }
        }
        requireUsable(found);
    }

    private static void requireUsable(List<SchemaObstacle> found) {
        String certain = found.stream()
                .filter(SchemaObstacle::certain)
                .map(SchemaObstacle::toString)
                .collect(Collectors.joining("; "));
        if (!certain.isEmpty()) {
            throw new IllegalStateException("the database does not let auto-recharge work: " + certain
                    + ". Nobody is charged as long as that is so. Grant the rights, or remove what is named");
        }
    }
}
