package io.autorecharge.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/** The schema files as one text, for a person or another tool to run. */
final class SchemaScript {
    private final TableNames names;
    private final List<SchemaFile> files;

    /** @param from the first version to print */
    SchemaScript(Dialect dialect, AccountsTable accounts, int from) {
        this.names = TableNames.configured(dialect, accounts);
        this.files =
                SchemaFile.ALL.stream().filter(file -> file.version() >= from).toList();
    }

    /** Every statement can run twice. Statements that cannot run inside a transaction come last, under a separate heading. */
    String text() {
        String within = files.stream()
                .map(file -> "-- " + file.name() + "\n\n" + statements(file, false))
                .filter(text -> text.contains(";"))
                .collect(Collectors.joining());
        String apart = files.stream().map(file -> statements(file, true)).collect(Collectors.joining());
        return heading()
                + within
                + (apart.isEmpty() ? "" : "-- Each of these by itself, outside of a transaction.\n\n")
                + apart;
    }

    private String heading() {
        return "-- Auto-recharge, version " + SchemaFile.NEWEST + ", "
                + names.dialect().folder() + ", accounts in "
                + names.accounts()
                + "\n\n";
    }

    private String statements(SchemaFile file, boolean apart) {
        return file.steps(names).stream()
                .filter(step -> step.runsInTransaction() != apart)
                .map(step -> "-- " + step.nameAndPlace() + "\n" + step.statement() + ";\n\n")
                .collect(Collectors.joining());
    }
}
