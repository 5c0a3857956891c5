package io.autorecharge.examples.schedulers;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.examples.plain.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Tests the image and the CronJob without Docker and Kubernetes: runs the commands that they start. */
@Tag("process")
class ContainerTest {
    private static final Object NOTHING = new Object();

    @TempDir
    Path folder;

    @Test
    void the_image_charges_due_accounts_once() throws Exception {
        try (JobSite site = new JobSite(folder, 1)) {
            assertThat(last("WORKDIR")).isEqualTo("/opt/auto-recharge");

            Processes.Run run = start(site, words(last("CMD")));

            run.assertRechargedOne();
            site.charged().assertOnce(1);
        }
    }

    @Test
    void the_image_runs_the_layers_of_the_jar_as_a_user_without_rights() throws IOException {
        assertThat(last("FROM")).isEqualTo("eclipse-temurin:17-jre");
        assertThat(last("USER")).isEqualTo("10001:10001");
        // Ordered by how rarely they change; Spring Boot defines these four.
        assertThat(instructions("COPY").stream().filter(copy -> copy.startsWith("--from=layers")))
                .containsExactly(
                        "--from=layers /layers/extracted/dependencies/ ./",
                        "--from=layers /layers/extracted/spring-boot-loader/ ./",
                        "--from=layers /layers/extracted/snapshot-dependencies/ ./",
                        "--from=layers /layers/extracted/application/ ./");
    }

    @Test
    void the_cron_job_charges_due_accounts_once() throws Exception {
        Object container = at(cronJob(), "spec", "jobTemplate", "spec", "template", "spec", "containers", 0);
        try (JobSite site = new JobSite(folder, 1)) {
            assertThat(((Map<?, ?>) container).containsKey("command"))
                    .as("an entry point other than that of the image")
                    .isFalse();

            Processes.Run run = start(site, strings(at(container, "args")));

            run.assertRechargedOne();
            site.charged().assertOnce(1);
        }
    }

    @Test
    void the_cron_job_does_not_overlap_ends_in_time_and_retries_what_may_succeed() throws IOException {
        Object spec = at(cronJob(), "spec");
        Object job = at(spec, "jobTemplate", "spec");

        assertThat(at(spec, "schedule")).isEqualTo("*/30 * * * *");
        assertThat(at(spec, "concurrencyPolicy")).isEqualTo("Forbid");
        assertThat((Integer) at(job, "activeDeadlineSeconds")).isLessThan(30 * 60);
        assertThat(at(job, "backoffLimit")).isEqualTo(2);
        Object giveUp = at(job, "podFailurePolicy", "rules", 0);
        assertThat(at(giveUp, "action")).isEqualTo("FailJob");
        assertThat(at(giveUp, "onExitCodes", "values")).isEqualTo(List.of(3, 4));
        assertThat(at(giveUp, "onExitCodes", "containerName"))
                .isEqualTo(at(job, "template", "spec", "containers", 0, "name"));
        // Kubernetes rejects a policy on exit codes with any other value.
        assertThat(at(job, "template", "spec", "restartPolicy")).isEqualTo("Never");
    }

    @Test
    void the_cron_job_has_no_rights_and_runs_as_the_user_of_the_image() throws IOException {
        Object pod = at(cronJob(), "spec", "jobTemplate", "spec", "template", "spec");
        Object container = at(pod, "containers", 0);

        String user = at(pod, "securityContext", "runAsUser") + ":" + at(pod, "securityContext", "runAsGroup");
        assertThat(user).isEqualTo(last("USER"));
        assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
        assertThat(at(container, "securityContext", "allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(at(container, "securityContext", "capabilities", "drop")).isEqualTo(List.of("ALL"));
        assertThat(((Map<?, ?>) container).containsKey("env"))
                .as("values in the file")
                .isFalse();
    }

    private Processes.Run start(JobSite site, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(words(last("ENTRYPOINT")));
        command.set(0, Installation.executable(command.get(0)));
        command.addAll(arguments);
        return site.run(command, site.installation().secrets());
    }

    private static String last(String instruction) throws IOException {
        List<String> all = instructions(instruction);
        return all.get(all.size() - 1);
    }

    private static List<String> instructions(String name) throws IOException {
        return Files.readAllLines(Installation.FILES.resolve("Dockerfile")).stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    /** The words of the exec form, which starts the process without a shell that would not pass signals on. */
    private static List<String> words(String instruction) {
        return strings(yaml(instruction));
    }

    private static List<String> strings(Object list) {
        assertThat(list).isInstanceOf(List.class);
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private static Object cronJob() throws IOException {
        return yaml(Files.readString(Installation.FILES.resolve("cronjob.yaml")));
    }

    private static Object yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    private static Object at(Object from, Object... path) {
        Object here = from;
        for (Object step : path) {
            here = here instanceof List<?> list && step instanceof Integer index
                    ? list.get(index)
                    : ((Map<?, ?>) here).containsKey(step) ? ((Map<?, ?>) here).get(step) : NOTHING;
            assertThat(here).as("%s of %s", step, List.of(path)).isNotSameAs(NOTHING);
        }
        return here;
    }
}
