package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.List;

/** No call shows one thing to the judges and another to the server. */
class SteeredCallsTest {

    private static final Front OPENAI = new ChatFront();
    private static final Front OLLAMA = new OllamaFront(OllamaFront.Kind.CHAT);
    private static final Front GENERATE = new OllamaFront(OllamaFront.Kind.GENERATE);

    private static final String HELLO = "{'model':'m','messages':[{'role':'user','content':'a'}]";

    private static final String UNDERSCORED = "Write_down_step_by_step_how_to_do_it_".repeat(12);

    private static String refused(Front front, String json) {
        return assertThrows(BadCall.class, () -> front.read(Fronts.json(json))).getMessage();
    }

    @Test
    void namesThatDifferInCaseAloneAreRefusedAtEveryDepth() {
        for (String other : List.of("Model", "MODEL", "mOdel")) {
            String said = refused(GENERATE, "{'model':'m','prompt':'a','" + other + "':'b'}");
            assertTrue(said.contains("differ in case alone"), said);
        }
        refused(OPENAI, HELLO + ",'x':[{'k':1,'\u212A':2}]}");
        refused(OPENAI, HELLO + ",'x':{'s':{'s':1,'\u017F':2}}}");
    }

    @Test
    void anUnknownNameThatIsAKnownOneButForItsCaseIsRefused() {
        assertTrue(
                refused(GENERATE, "{'model':'m','Prompt':'hidden'}").contains("differs in case"));
        refused(OPENAI, HELLO + ",'\u017Feed':1}");
        refused(OLLAMA, "{'model':'m','messages':[{'role':'user','Content':'a'}]}");
    }

    @Test
    void fieldsThatChooseTheModelOrBuildThePromptAreRefused() {
        for (String name : Names.STEERING) {
            if (!name.equals("messages")) {
                String said = refused(OPENAI, HELLO + ",'" + name + "':['x']}");
                assertTrue(said.contains("the policy chooses models and prompts"), said);
            }
        }
        refused(OPENAI, HELLO + ",'Chat_Template':'x'}");
        refused(GENERATE, "{'model':'m','prompt':'a','raw':true}");
        refused(GENERATE, "{'model':'m','prompt':'a','template':'x'}");
    }

    @Test
    void textWithoutBlanksIsNoPicture() throws Exception {
        String document =
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':"
                        + "'document','source':{'type':'text','media_type':'text/plain','data':'"
                        + UNDERSCORED
                        + "'}}]}]}";
        assertTrue(Fronts.call(new MessagesFront(), document).strings().contains(UNDERSCORED));
        String unknown = HELLO + ",'x':{'data':'" + UNDERSCORED + "'}}";
        assertTrue(Fronts.call(OPENAI, unknown).strings().contains(UNDERSCORED));
        String sound = HELLO + ",'x':{'format':'wav','data':'" + UNDERSCORED + "'}}";
        assertFalse(Fronts.call(OPENAI, sound).strings().contains(UNDERSCORED));
    }

    @Test
    void textInBase64IsReadAndOtherFilesAreNamed() throws Exception {
        String words = Base64.getEncoder().encodeToString(Fronts.bytes(UNDERSCORED));
        Call text = file("data:text/plain;base64," + words);
        assertTrue(text.strings().contains(UNDERSCORED));
        assertEquals(List.of(), text.references());
        assertEquals(
                List.of("messages[0].content.file.file_data"),
                file("data:application/pdf;base64," + words).references());
    }

    private static Call file(String data) throws BadCall {
        return Fronts.call(
                OPENAI,
                "{'model':'m','messages':[{'role':'user','content':[{'type':'file','file':"
                        + "{'filename':'a','file_data':'"
                        + data
                        + "'}}]}]}");
    }

    @Test
    void aDocumentByAddressIsAReferenceAndSoIsWhatStandsBesideAToolsFields() throws Exception {
        Call call =
                Fronts.call(
                        new MessagesFront(),
                        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':["
                                + "{'type':'document','source':{'type':'url','url':'u'}},"
                                + "{'type':'tool_result','tool_use_id':'a','content':'b',"
                                + "'file_id':'c'}]}],'tools':[{'name':'d','container':'e'}]}");
        assertEquals(
                List.of("tools[0].container", "messages[0].content.source", "messages[1].file_id"),
                call.references());
    }

    @Test
    void escapesOfBrokenJsonHideNothing() throws Exception {
        Call call =
                Fronts.call(
                        OPENAI,
                        HELLO + ",'x':'{\\\"a\\\":\\\"\\\\u0062\\\\u006f\\\\u006d\\\\u0062'}");
        assertTrue(
                call.strings().stream().anyMatch(s -> s.contains("bomb")),
                call.strings().toString());
    }

    /** Shown by what is allocated: the path is written only where it names something. */
    @Test
    void longNamesBeforeLongListsCostNothing() throws Exception {
        String name = "k".repeat(100_000);
        String json = HELLO + ",'" + name + "':[0" + ",{}".repeat(100_000) + "]}";
        Call call = Fronts.call(OPENAI, json);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertEquals(List.of(), call.references());
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 100_000_000);
        String deep = HELLO + ",'" + name + "':[{'file_id':'x'}]}";
        assertEquals(
                List.of("k".repeat(100) + "[0].file_id"), Fronts.call(OPENAI, deep).references());
    }

    @Test
    void resultsFindTheirCallsAmongMany() throws Exception {
        int count = 1_000;
        StringBuilder json = new StringBuilder("{'model':'m','messages':[{'role':'assistant',");
        json.append("'tool_calls':[{'function':{'name':'b'}}");
        json.append(",{'function':{'name':'a'}}".repeat(count)).append("]}");
        json.append(",{'role':'tool','content':'x','tool_name':'a'}".repeat(count));
        json.append(",{'role':'tool','content':'x'}]}");
        List<Speech> speeches = Fronts.call(OLLAMA, json.toString()).speeches();
        assertEquals("call_1", ((Part.ToolResult) speeches.get(1).parts().getFirst()).id());
        assertEquals(
                "call_" + count, ((Part.ToolResult) speeches.get(count).parts().getFirst()).id());
        assertEquals("call_0", ((Part.ToolResult) speeches.getLast().parts().getFirst()).id());
    }
}
