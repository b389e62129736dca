// `v-model`, and a field that comes and goes.
import { createApp, h, ref, vModelText, withDirectives, withModifiers } from "vue";

createApp({
  setup() {
    const email = ref("");
    const done = ref(false);
    const send = async () => {
      await fetch("/received", { method: "POST", body: new URLSearchParams({ email: email.value }) });
      done.value = true;
    };
    return () =>
      h("form", { onSubmit: withModifiers(send, ["prevent"]) }, [
        h("label", { for: "email" }, "Email"),
        withDirectives(
          h("input", {
            id: "email",
            name: "email",
            type: "email",
            "onUpdate:modelValue": (value) => (email.value = value),
          }),
          [[vModelText, email.value]],
        ),
        h("output", { id: "state" }, email.value),
        h("button", { id: "send" }, "Order"),
        done.value ? h("p", { id: "done" }, "Thank you!") : null,
      ]);
  },
}).mount("#root");
