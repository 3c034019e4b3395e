package io.demur.cli;

import io.demur.files.serve.ServeConfig;
import io.demur.gateway.notice.Notices;
import io.demur.gateway.notice.Standing;
import io.demur.record.DataFolder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether anybody is told of alarms, and gets to hear it. */
final class DoctorAlarms {

    private DoctorAlarms() {}

    static List<Finding> of(ServeConfig config, DataFolder folder, Instant now) {
        List<String> where = ConfiguredAlarms.where(config);
        if (where.isEmpty()) {
            return List.of(
                    Finding.warn(
                            "alarms",
                            "they go to the log and to nobody else",
                            "name a webhook or an address of mail under `alarms` in demur.yaml"));
        }
        List<Finding> found = new ArrayList<>();
        for (Standing standing : Notices.kept(folder.root())) {
            if (isConfigured(standing.to(), config.alarms()) && standing.isTroubled(now)) {
                found.add(
                        Finding.bad(
                                "alarms",
                                "%s: %s".formatted(standing.to(), standing.words()),
                                "mend that; `demur drill test-notice` shows whether one arrives"));
            }
        }
        return found.isEmpty()
                ? List.of(Finding.ok("alarms", "they go to " + String.join(" and to ", where)))
                : found;
    }

    private static boolean isConfigured(String name, ServeConfig.Alarms alarms) {
        return name.equals("webhook") ? alarms.webhook().isPresent() : alarms.mail().isPresent();
    }
}
