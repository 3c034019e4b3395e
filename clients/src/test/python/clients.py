"""The clients for Python against a gateway: only base URL and key are ours."""

import json
import os

import anthropic
import openai

URL, KEY = os.environ["DEMUR_URL"], os.environ["DEMUR_KEY"]
STRUCTURED_URL = os.environ["DEMUR_STRUCTURED_URL"]
STRUCTURED_KEY = os.environ["DEMUR_STRUCTURED_KEY"]
LENIENT_URL, LENIENT_KEY = os.environ["DEMUR_LENIENT_URL"], os.environ["DEMUR_LENIENT_KEY"]
HARMLESS, HARMFUL = os.environ["DEMUR_HARMLESS"], os.environ["DEMUR_HARMFUL"]
MODEL = "rehearsal"
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def user(content):
    return [{"role": "user", "content": content}]


def cued(cues):
    return f"{HARMLESS} [rehearse: {cues}]"


def fails(error, call):
    try:
        call()
    except error:
        return
    raise AssertionError(f"no {error.__name__}")


def openai_client():
    def client(url, key):
        return openai.OpenAI(base_url=url + "/v1", api_key=key, max_retries=0)

    ours = client(URL, KEY)

    def chat(prompt, **more):
        return ours.chat.completions.create(**{"model": MODEL, "messages": user(prompt), **more})

    whole = chat(HARMLESS).choices[0].message
    assert "Python" in whole.content, whole
    chunks = chat(HARMLESS, stream=True)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == whole.content, text
    tools = [{"type": "function", "function": {"name": "weather", "parameters": SCHEMA}}]
    called = chat(cued("tool"), tools=tools).choices[0].message
    call = called.tool_calls[0]
    assert json.loads(call.function.arguments)["city"]
    result = {"role": "tool", "tool_call_id": call.id, "content": "17 degrees"}
    after = chat("", messages=user(cued("tool")) + [called, result], tools=tools)
    assert "17 degrees" in after.choices[0].message.content, after
    embedded = ours.embeddings.create(model=MODEL, input=["a cat", "a dog"])
    assert len(embedded.data[1].embedding) == 256
    fails(openai.AuthenticationError, lambda: client(URL, "dmr_nobody").models.list())
    fails(openai.NotFoundError, lambda: chat(HARMLESS, model="other"))
    fails(openai.RateLimitError, lambda: chat(cued("busy")))
    fails(openai.PermissionDeniedError, lambda: ours.embeddings.create(model=MODEL, input=HARMFUL))
    assert chat(HARMFUL).choices[0].message.content
    structured = client(STRUCTURED_URL, STRUCTURED_KEY).chat.completions
    assert structured.create(model=MODEL, messages=user(HARMFUL)).choices[0].message.refusal
    flowing = client(LENIENT_URL, LENIENT_KEY).chat.completions
    broken = cued("slow 1, pieces 20, preamble 3000, break")
    fails(
        openai.APIError,
        lambda: list(flowing.create(model=MODEL, stream=True, messages=user(broken))),
    )
    long = user(os.environ["DEMUR_LONG"])
    with flowing.create(model="watched", stream=True, messages=long) as stream:
        next(iter(stream))


def anthropic_client():
    def client(url, key):
        return anthropic.Anthropic(base_url=url, api_key=key, max_retries=0)

    ours = client(URL, KEY)

    def ask(prompt, **more):
        return {"model": MODEL, "max_tokens": 1000, "messages": user(prompt), **more}

    whole = ours.messages.create(**ask(HARMLESS))
    assert "Python" in whole.content[0].text, whole
    with ours.messages.stream(**ask(HARMLESS)) as stream:
        assert stream.get_final_text() == whole.content[0].text
    tools = [{"name": "weather", "input_schema": SCHEMA}]
    with ours.messages.stream(**ask(cued("tool"), tools=tools)) as stream:
        called = stream.get_final_message()
    assert called.stop_reason == "tool_use"
    call = next(block for block in called.content if block.type == "tool_use")
    assert call.input["city"]
    result = {"type": "tool_result", "tool_use_id": call.id, "content": "17 degrees"}
    messages = user(cued("tool"))
    messages += [{"role": "assistant", "content": called.content}]
    messages += [{"role": "user", "content": [result]}]
    after = ours.messages.create(**ask("", messages=messages, tools=tools))
    assert "17 degrees" in after.content[0].text, after
    nobody = client(URL, "dmr_nobody")
    fails(anthropic.AuthenticationError, lambda: nobody.messages.create(**ask(HARMLESS)))
    fails(anthropic.NotFoundError, lambda: ours.messages.create(**ask(HARMLESS, model="other")))
    structured = client(STRUCTURED_URL, STRUCTURED_KEY)
    with structured.messages.stream(**ask(HARMFUL)) as stream:
        assert stream.get_final_message().stop_reason == "refusal"


openai_client()
anthropic_client()
