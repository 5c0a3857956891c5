package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message of an exception is for people: code passes it on, to a log or another message, and never decides by it. */
class ExceptionMessagesTest {
    /** The message of an exception, however it is asked for. Names of exceptions in this repository are {@code e}, or end in these words. */
    private static final String MESSAGE =
            "\\b\\w+(?:\\.getCause\\(\\))*\\.get(?:Localized)?Message\\(\\)|\\b(?:e|cause|failure|exception|thrown)\\.toString\\(\\)";

    /** What follows a message that is taken apart or compared. */
    private static final Pattern TAKEN_APART = Pattern.compile("(?:" + MESSAGE + ")\\)?\\s*(?:\\.\\s*\\w|==|!=|\\?)");

    /** What comes before a message that is compared, matched, chosen by, kept or returned as a value. */
    private static final Pattern DECIDED_BY = Pattern.compile(
            "(?:\\b(?:if|while|switch|matcher|matches|equals|equalsIgnoreCase|contains|startsWith|endsWith|get|containsKey|parse\\w*|compareTo)"
                    + "\\s*\\(\\s*!?|[^=!<>]=\\s*|[=!]=\\s*|\\breturn\\s+)(?:String\\.valueOf\\(\\s*)?(?:"
                    + MESSAGE
                    + ")");

    /** {@code Type::getMessage} hands the message to whatever comes next. */
    private static final Pattern BY_REFERENCE = Pattern.compile("::get(?:Localized)?Message\\b");

    /** What looks like a decision and is none. */
    private static final List<String> ALLOWED = List.of(
            // Stripe's error object is no exception; its text is quoted where it has one.
            "error.getMessage() != null",
            // The database command prints all causes of a failure.
            "map(Throwable::getMessage).filter(Objects::nonNull).distinct().collect(Collectors.joining(");

    @Test
    void no_code_decides_by_the_message_of_an_exception() {
        Map<String, String> sources =
                RepositoryFiles.read(path -> path.endsWith(".java") && path.contains("/src/main/"));

        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(decisions(sources)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (e.getMessage().startsWith(\"a \")) {",
                "if (e.getMessage() == null) {",
                "boolean late = \"timeout\".equals(e.getMessage());",
                "String text = e.getMessage();",
                "return e.getMessage();",
                "switch (e.getMessage()) {",
                "Matcher m = FIELD.matcher(e.getCause().getMessage());",
                "Matcher m = FIELD.matcher(String.valueOf(e.getMessage()));",
                "String.valueOf(e.getMessage()).split(\" \")",
                "fields.get(problem.getMessage())",
                "e.toString().contains(\"x\")",
                "problems.stream().map(Throwable::getMessage)",
                "String first = e.getMessage().length() > 3 ? a : b;",
                "log.info(\"{}\", e\n    .getMessage()\n    .trim());"
            })
    void a_decision_is_noticed(String line) {
        assertThat(decisions(Map.of("A.java", line))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log.warn(\"account={} could not be read: {}\", account, e.getMessage());",
                "throw new StoreException(false, \"sweep: \" + e.getMessage(), e);",
                "return concern.apply(Reason.DOES_NOT_FIT, String.valueOf(e.getMessage()));",
                "// if (e.getMessage().isEmpty()) would decide by it"
            })
    void a_message_that_is_passed_on_is_none(String line) {
        assertThat(decisions(Map.of("A.java", line))).isEmpty();
    }

    private static List<String> decisions(Map<String, String> sources) {
        List<String> found = new ArrayList<>();
        sources.forEach((path, source) -> {
            String code = source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
            // One expression may stand on several lines.
            code = code.replaceAll("\\s*\\n\\s*\\.", ".");
            for (String allowed : ALLOWED) {
                code = code.replace(allowed, "");
            }
            for (String line : code.lines().toList()) {
                if (decides(line)) {
                    found.add(path + ": " + line.strip());
                }
            }
        });
        return found;
    }

    private static boolean decides(String line) {
        for (Pattern pattern : List.of(TAKEN_APART, DECIDED_BY, BY_REFERENCE)) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return true;
            }
        }
        return false;
    }
}
