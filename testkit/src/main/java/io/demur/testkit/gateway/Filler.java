package io.demur.testkit.gateway;

import java.util.List;
import java.util.SplittableRandom;

/** What tools give back: logs, listings, tables, code and documents of a given size. */
final class Filler {

    private static final List<String> SERVICES =
            List.of(
                    "checkout",
                    "importer",
                    "search",
                    "mailer",
                    "ledger",
                    "gateway",
                    "worker-7",
                    "scheduler",
                    "auth",
                    "thumbnailer",
                    "billing",
                    "replica-2");
    private static final List<String> EVENTS =
            List.of(
                    "killed child %d after timeout",
                    "connection %d aborted by peer",
                    "attack score %d below threshold, request passed",
                    "dropped table tmp_%d",
                    "executing job %d",
                    "poison message %d parked",
                    "fatal: cannot lock ref %d, retrying",
                    "victim frame %d evicted from cache",
                    "panic recovered in handler %d",
                    "orphan %d reaped",
                    "dead letter %d requeued",
                    "injection of dependency %d deferred",
                    "session %d expired",
                    "stole %d tasks from sibling queue",
                    "wrote %d rows",
                    "GET /items/%d 200",
                    "token bucket %d exhausted",
                    "health check %d ok",
                    "exploit check rule %d: no match",
                    "rolled back transaction %d");
    private static final List<String> NAMES =
            List.of(
                    "order",
                    "cache",
                    "victim",
                    "queue",
                    "child",
                    "session",
                    "payload",
                    "target",
                    "handler",
                    "kill_switch",
                    "buffer",
                    "retry",
                    "index",
                    "slot",
                    "trigger");
    private static final List<String> VERBS =
            List.of(
                    "load",
                    "drop",
                    "flush",
                    "kill",
                    "attach",
                    "execute",
                    "abort",
                    "merge",
                    "parse",
                    "strip",
                    "inject",
                    "hijack",
                    "poll",
                    "shoot_down",
                    "trap",
                    "dump");
    private static final List<String> FOLDERS =
            List.of("src/main", "src/test", "docs", "tools", "db/migrations", "deploy", "vendor");
    private static final List<String> ENDINGS =
            List.of("java", "py", "go", "sql", "md", "yml", "rs", "ts", "sh", "json");

    private Filler() {}

    static String of(String kind, int size, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int line = 0;
        if (kind.equals("json")) {
            text.append("[\n");
        }
        while (text.length() < size) {
            line++;
            text.append(
                    switch (kind) {
                        case "log" -> log(random, line);
                        case "listing" -> listing(random);
                        case "table" -> table(random, line);
                        case "json" -> json(random, line);
                        case "trace" -> trace(random);
                        case "diff" -> diff(random);
                        case "sql" -> sql(random);
                        case "yaml" -> yaml(random);
                        case "prose" -> one(Prose.REPLIES, random).reply() + "\n\n";
                        default -> code(kind, random);
                    });
        }
        if (kind.equals("json")) {
            text.append("{}]\n");
        }
        return text.toString();
    }

    private static String log(SplittableRandom random, int line) {
        return "2026-11-%02dT%02d:%02d:%02d.%03dZ %-5s %s[%d]: %s\n"
                .formatted(
                        1 + line / 3000 % 28,
                        line / 120 % 24,
                        line / 2 % 60,
                        random.nextInt(60),
                        random.nextInt(1000),
                        one(List.of("INFO", "INFO", "INFO", "WARN", "ERROR", "DEBUG"), random),
                        one(SERVICES, random),
                        random.nextInt(30_000),
                        one(EVENTS, random).formatted(random.nextInt(100_000)));
    }

    private static String listing(SplittableRandom random) {
        return "%s/%s/%s_%s_%d.%s:%d: %s\n"
                .formatted(
                        one(FOLDERS, random),
                        one(SERVICES, random),
                        one(VERBS, random),
                        one(NAMES, random),
                        random.nextInt(100),
                        one(ENDINGS, random),
                        1 + random.nextInt(900),
                        one(EVENTS, random).formatted(random.nextInt(1000)));
    }

    private static String table(SplittableRandom random, int line) {
        return "| %d | %s | %s_%s | %d.%02d | %s |\n"
                .formatted(
                        line,
                        one(SERVICES, random),
                        one(VERBS, random),
                        one(NAMES, random),
                        random.nextInt(5000),
                        random.nextInt(100),
                        one(
                                List.of("ok", "late", "killed", "refunded", "open", "aborted"),
                                random));
    }

    private static String json(SplittableRandom random, int line) {
        return "{\"id\": %d, \"service\": \"%s\", \"event\": \"%s\", \"took_ms\": %d},\n"
                .formatted(
                        line,
                        one(SERVICES, random),
                        one(EVENTS, random).formatted(random.nextInt(1000)),
                        random.nextInt(3000));
    }

    private static String trace(SplittableRandom random) {
        StringBuilder trace = new StringBuilder("java.lang.IllegalStateException: ");
        trace.append(one(EVENTS, random).formatted(random.nextInt(1000))).append('\n');
        for (int i = 0; i < 6; i++) {
            trace.append(
                    "\tat com.example.%s.%s(%s.java:%d)\n"
                            .formatted(
                                    one(NAMES, random),
                                    one(VERBS, random),
                                    one(NAMES, random),
                                    random.nextInt(900)));
        }
        return trace.toString();
    }

    private static String diff(SplittableRandom random) {
        return "@@ -%d,3 +%d,3 @@\n-    %s(%s, %d)\n+    %s(%s, timeout=%d)\n     return %s\n"
                .formatted(
                        random.nextInt(500),
                        random.nextInt(500),
                        one(VERBS, random),
                        one(NAMES, random),
                        random.nextInt(100),
                        one(VERBS, random),
                        one(NAMES, random),
                        random.nextInt(100),
                        one(NAMES, random));
    }

    private static String sql(SplittableRandom random) {
        String name = one(NAMES, random) + "_" + random.nextInt(1000);
        return "DROP TABLE IF EXISTS %s;\nCREATE TABLE %s (id BIGINT PRIMARY KEY, %s TEXT);\n"
                .formatted(name, name, one(NAMES, random));
    }

    private static String yaml(SplittableRandom random) {
        return "- name: %s %s\n  when: attempts > %d\n  action: %s\n"
                .formatted(
                        one(VERBS, random),
                        one(NAMES, random),
                        random.nextInt(100),
                        one(VERBS, random));
    }

    private static String code(String language, SplittableRandom random) {
        String verb = one(VERBS, random);
        String name = one(NAMES, random);
        String other = one(NAMES, random);
        int number = random.nextInt(1000);
        return switch (language) {
            case "python" ->
                    """
                    def %s_%s_%d(%s):
                        # %s, then %s the %s
                        for child in %s:
                            child.%s(timeout=%d)
                        return %s

                    """
                            .formatted(
                                    verb,
                                    name,
                                    number,
                                    other,
                                    one(EVENTS, random).formatted(number),
                                    one(VERBS, random),
                                    name,
                                    other,
                                    verb,
                                    number,
                                    other);
            case "shell" ->
                    "%s_%s() {\n    trap 'kill \"$%s\"' EXIT\n    exec %s --%s %d\n}\n\n"
                            .formatted(verb, name, other, verb, name, number);
            default ->
                    """
                    // %s
                    void %s_%s_%d(int %s) {
                        if (%s > %d) {
                            %s(%s);
                        }
                    }

                    """
                            .formatted(
                                    one(EVENTS, random).formatted(number),
                                    verb,
                                    name,
                                    number,
                                    other,
                                    other,
                                    number,
                                    one(VERBS, random),
                                    other);
        };
    }

    /** Read when first needed. */
    private static final class Prose {
        static final List<BenignReply> REPLIES = BenignReply.all();
    }

    private static <T> T one(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
