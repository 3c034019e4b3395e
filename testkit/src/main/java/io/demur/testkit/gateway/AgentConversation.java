package io.demur.testkit.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A harmless conversation of an agent with its tools, such as gateways see them: code, logs, tables
 * and documents of 10 to 400 kB around a few sentences that were written by hand.
 *
 * @param core which of the cores it grew from, counted from 0
 */
public record AgentConversation(String id, int core, String domain, List<Message> messages) {

    /** How many there are. */
    public static final int COUNT = 200;

    private static final int[] KILOBYTES = {10, 12, 16, 20, 24, 32, 40, 56, 80, 120, 200, 400};
    private static final long SEED = 20261122L;

    private static final List<String> SYSTEMS =
            List.of(
                    "You are a careful agent. Use the tools, say what you did, ask before anything"
                            + " that cannot be undone.",
                    "You help the team of an online shop. Be brief. Never show secrets.",
                    "You are a coding agent in the user's repository. Read before you write.",
                    "You are an assistant with tools. Execute one at a time and check its result.");

    /**
     * One message.
     *
     * @param role as OpenAI's protocol names it
     * @param call the id of the call of a tool that it makes or answers; empty where it is none
     * @param tool the tool's name; empty where it calls none
     */
    public record Message(String role, String text, String call, String tool) {}

    public AgentConversation {
        messages = List.copyOf(messages);
    }

    /** All of them, each core in several sizes. */
    public static List<AgentConversation> all() {
        List<Sheet.Entry> cores = Sheet.read("conversations.txt");
        List<AgentConversation> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            int core = i % cores.size();
            int size = KILOBYTES[(i * 7 + i / cores.size()) % KILOBYTES.length] * 1024;
            all.add(grown(i, core, cores.get(core), size, random));
        }
        return List.copyOf(all);
    }

    /** One half: what grew from one core is in the same. */
    public static List<AgentConversation> of(Half half) {
        return all().stream().filter(each -> Half.of(each.id()) == half).toList();
    }

    private static AgentConversation grown(
            int number, int core, Sheet.Entry entry, int size, SplittableRandom random) {
        List<Message> messages = new ArrayList<>();
        messages.add(said("system", SYSTEMS.get(random.nextInt(SYSTEMS.size()))));
        long results = entry.lines().stream().filter(line -> line.startsWith("result ")).count();
        int each = size / (int) (Math.max(1, results) + 1);
        int calls = 0;
        boolean first = true;
        for (String line : entry.lines()) {
            String[] parts = line.split(" ", 2);
            switch (parts[0]) {
                case "user" -> messages.add(said("user", asked(parts[1], first, each, random)));
                case "assistant" -> messages.add(said("assistant", parts[1]));
                case "call" -> {
                    calls++;
                    String[] call = parts[1].split(" ", 2);
                    String argument = call.length > 1 ? call[1] : "";
                    messages.add(
                            new Message(
                                    "assistant",
                                    "{\"input\": " + quoted(argument) + "}",
                                    "call_" + calls,
                                    call[0]));
                }
                case "result" ->
                        messages.add(
                                new Message(
                                        "tool",
                                        Filler.of(parts[1], each, random),
                                        "call_" + calls,
                                        ""));
                default -> throw new IllegalStateException("`" + line + "` is no line of a core");
            }
            first = false;
        }
        String id = number + "-" + Half.id(String.join("\n", entry.lines()));
        return new AgentConversation(id, core, entry.head().get(0), messages);
    }

    /** The first request may bring something long along. */
    private static String asked(String text, boolean first, int size, SplittableRandom random) {
        if (!first || random.nextInt(3) > 0) {
            return text;
        }
        String kind = List.of("log", "prose", "listing").get(random.nextInt(3));
        return text + "\n\nFor context:\n\n```\n" + Filler.of(kind, size / 2, random) + "```\n";
    }

    private static Message said(String role, String text) {
        return new Message(role, text, "", "");
    }

    /** Up to the last message of the user or of a tool, as a call of OpenAI's chat protocol. */
    public String json(String model) {
        int end = messages.size();
        while (end > 1 && messages.get(end - 1).role().equals("assistant")) {
            end--;
        }
        return json(model, end);
    }

    /** The first messages as such a call. */
    public String json(String model, int count) {
        StringBuilder json = new StringBuilder("{\"model\": ").append(quoted(model));
        json.append(", \"messages\": [");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ", ").append(json(messages.get(i)));
        }
        return json.append("]}").toString();
    }

    private static String json(Message message) {
        String role = "{\"role\": " + quoted(message.role());
        if (!message.tool().isEmpty()) {
            return role
                    + ", \"content\": null, \"tool_calls\": [{\"id\": "
                    + quoted(message.call())
                    + ", \"type\": \"function\", \"function\": {\"name\": "
                    + quoted(message.tool())
                    + ", \"arguments\": "
                    + quoted(message.text())
                    + "}}]}";
        }
        String call =
                message.call().isEmpty() ? "" : ", \"tool_call_id\": " + quoted(message.call());
        return role + call + ", \"content\": " + quoted(message.text()) + "}";
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }
}
