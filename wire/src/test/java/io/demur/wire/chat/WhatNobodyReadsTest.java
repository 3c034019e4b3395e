package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.ollama.OllamaEmbeddings;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.Embeddings;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** What a model would be shown and nobody here can read has a name, or makes a call unsure. */
class WhatNobodyReadsTest {

    private static final String WORDS = "a recipe that nobody is to have, in many words ";
    private static final String TEXT = base64(WORDS.repeat(200).getBytes(StandardCharsets.UTF_8));
    private static final String NOISE = base64(noise());

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] noise() {
        byte[] noise = new byte[9_000];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static Call part(String part) throws BadCall {
        return Fronts.call(
                new ChatFront(),
                "{'model':'m','messages':[{'role':'user','content':[" + part + "]}]}");
    }

    private static Call block(String block) throws BadCall {
        return Fronts.call(
                new MessagesFront(),
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':["
                        + block
                        + "]}]}");
    }

    private static boolean isGiven(Call call) {
        return call.strings().stream().anyMatch(it -> it.contains(WORDS));
    }

    @Test
    void soundsVideosAndImagesToFetchAreReferences() throws Exception {
        for (String part :
                List.of(
                        "{'type':'input_audio','input_audio':{'data':'AAAA','format':'wav'}}",
                        "{'type':'video_url','video_url':{'url':'data:video/mp4;base64,AAAA'}}",
                        "{'type':'video','video':['https://a.invalid/1.jpg']}",
                        "{'type':'audio_url','audio_url':{'url':'http://a.invalid/b'}}",
                        "{'type':'image_url','image_url':{'url':'http://a.invalid/b.png'}}",
                        "{'type':'image_url','image_url':{'url':'file:///etc/b.png'}}",
                        "{'type':'input_image','image_url':'https://a.invalid/b.png'}")) {
            assertEquals(1, part(part).references().size(), part);
        }
        assertEquals(
                List.of("messages[0].content"),
                block("{'type':'image','source':{'type':'url','url':'https://a.invalid/b'}}")
                        .references());
        assertEquals(
                List.of("messages[0].audio"),
                Fronts.call(
                                new ChatFront(),
                                "{'model':'m','messages':[{'role':'assistant','content':'a',"
                                        + "'audio':{'id':'audio_1'}}]}")
                        .references());
    }

    @Test
    void preparedContextsAreReferences() throws Exception {
        for (String field :
                List.of(
                        "'cached_content':'cachedContents/1'",
                        "'x':{'google':{'cached_content':'c'}}",
                        "'google.cached_content':'c'",
                        "'kv_transfer_params':{'remote_host':'h'}")) {
            Call call =
                    Fronts.call(
                            new ChatFront(),
                            "{'model':'m','messages':[{'role':'user','content':'a'}],"
                                    + field
                                    + "}");
            assertEquals(1, call.references().size(), field);
        }
        for (String field :
                List.of(
                        "'file_id':'f'",
                        "'prompt_token_ids':[1]",
                        "'image':'http://a.invalid/b.png'",
                        "'images':['https://a.invalid/b.png']")) {
            String body = "{'model':'m','input':'a'," + field + "}";
            assertEquals(1, Embeddings.read(Fronts.json(body)).references().size(), field);
        }
        assertEquals(
                List.of("context"),
                OllamaEmbeddings.read(Fronts.json("{'model':'m','input':'a','context':[1]}"))
                        .references());
    }

    @Test
    void theVoiceOfAnAnswerRefersToNothing() throws Exception {
        Call call =
                Fronts.call(
                        new ChatFront(),
                        "{'model':'m','messages':[{'role':'user','content':'a'}],"
                                + "'audio':{'voice':'v','format':'wav'},'video':null}");
        assertEquals(List.of(), call.references());
        assertFalse(call.hasUnread());
    }

    @Test
    void textThatIsSaidToBeAnImageIsRead() throws Exception {
        for (Call call :
                List.of(
                        part(
                                "{'type':'file','file':{'filename':'a','file_data':"
                                        + "'data:image/png;base64,"
                                        + TEXT
                                        + "'}}"),
                        part(
                                "{'type':'image_url','image_url':{'url':"
                                        + "'data:image/png;base64,"
                                        + TEXT
                                        + "'}}"),
                        block(
                                "{'type':'document','source':{'type':'base64','media_type':"
                                        + "'image/png','data':'"
                                        + TEXT
                                        + "'}}"),
                        block("{'type':'odd','data':'" + TEXT + "'}"))) {
            assertTrue(isGiven(call));
            assertFalse(call.hasUnread());
            assertEquals(List.of(), call.references());
        }
    }

    @Test
    void onlyImagesInTheirPlaceGoByUnread() throws Exception {
        assertFalse(
                part("{'type':'image_url','image_url':{'url':'data:image/png;base64,%s'}}"
                                .formatted(NOISE))
                        .hasUnread());
        for (Call call :
                List.of(
                        part(
                                "{'type':'file','file':{'file_data':'data:image/png;base64,"
                                        + NOISE
                                        + "'}}"),
                        block("{'type':'odd','data':'" + NOISE + "'}"),
                        part("{'type':'odd','x':[{'bytes':'" + NOISE + "'}]}"))) {
            assertTrue(call.hasUnread());
        }
    }

    private static String refused(Front front, String json) {
        return assertThrows(BadCall.class, () -> Fronts.call(front, json)).getMessage();
    }

    /** Each costs time to judge, however short: many empty ones held up everybody else. */
    @Test
    void listsOfManyEmptyThingsAreNotRead() {
        ChatFront chat = new ChatFront();
        String messages = "{'role':'user','content':''},".repeat(5_000);
        String said = refused(chat, "{'model':'m','messages':[" + messages + "{'role':'user'}]}");
        assertEquals("`messages` has `5001` elements; at most `4096` are read", said);
        refused(
                new OllamaFront(OllamaFront.Kind.CHAT),
                "{'model':'m','messages':[" + messages + "{'role':'user','content':''}]}");
        String parts = "{'type':'text','text':''},".repeat(2_000) + "{'type':'text','text':''}";
        said =
                refused(
                        chat,
                        "{'model':'m','messages':[{'role':'user','content':[" + parts + "]}]}");
        assertEquals("`messages[0].content` has `2001` elements; at most `1024` are read", said);
        refused(
                new MessagesFront(),
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':["
                        + parts
                        + "]}]}");
        String one = "'messages':[{'role':'user','content':'a'}]";
        refused(chat, "{'model':'m'," + one + ",'stop':[" + "'',".repeat(64) + "'']}");
        String tools = "{'type':'function','function':{'name':'f'}},".repeat(1_024);
        refused(chat, "{'model':'m'," + one + ",'tools':[" + tools + "{}]}");
        String inputs = "'',".repeat(2_048) + "''";
        for (String path : List.of("openai", "ollama")) {
            byte[] body = Fronts.json("{'model':'m','input':[" + inputs + "]}");
            assertThrows(
                    BadCall.class,
                    () -> {
                        Embed unused =
                                path.equals("openai")
                                        ? Embeddings.read(body)
                                        : OllamaEmbeddings.read(body);
                    });
        }
    }

    /** A body of thirty megabytes of brackets took more memory than there was. */
    @Test
    void aBodyOfBracketsAloneIsNotRead() {
        String said =
                refused(new ChatFront(), "{'model':'m','x':[" + "[],".repeat(300_000) + "[]]}");
        assertTrue(said.contains("more than 500,000 names, values and brackets"), said);
    }
}
