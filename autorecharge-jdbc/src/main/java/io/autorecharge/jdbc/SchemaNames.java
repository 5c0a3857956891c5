package io.autorecharge.jdbc;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of everything that the schema files create, as the files spell them. A new file adds its names by itself. */
final class SchemaNames {
    /** The table of the applied versions, which no schema file creates. */
    static final String VERSIONS = "auto_recharge_schema";

    private static final Pattern CONSTRAINT =
            Pattern.compile("\\bconstraint (?:if (?:not )?exists )?(?!if |foreign )(\\w+)");
    private static final Set<String> PART_KINDS = Set.of("index", "foreign key", "foreign key check");

    /** All tables, including the library's own accounts table. */
    static final Set<String> TABLES = Stream.concat(
                    Stream.of(VERSIONS),
                    steps().filter(step -> step.kind().equals("table")).map(SchemaStep::thing))
            .collect(Collectors.toCollection(TreeSet::new));

    /** All indexes and constraints that have a name. */
    static final Set<String> PARTS = parts();

    private SchemaNames() {}

    private static Set<String> parts() {
        Set<String> parts = steps().filter(step -> PART_KINDS.contains(step.kind()))
                .map(SchemaStep::thing)
                .collect(Collectors.toCollection(TreeSet::new));
        steps().map(SchemaStep::statement)
                .map(CONSTRAINT::matcher)
                .flatMap(found -> found.results())
                .map(found -> found.group(1))
                .forEach(parts::add);
        parts.removeAll(TABLES);
        return parts;
    }

    private static Stream<SchemaStep> steps() {
        return Stream.of(Dialect.values()).flatMap(SchemaFile::everything);
    }
}
