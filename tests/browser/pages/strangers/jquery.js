// A form that jQuery sends, and that keeps an eye on its field.
import $ from "jquery";

$(() => {
  $("#email").on("change", (event) => $("#newsletter").attr("data-seen", $(event.target).val()));
  $("#newsletter").on("submit", function (event) {
    event.preventDefault();
    $.post(this.action, $(this).serialize()).done(() => $("#done").text("Thank you!"));
  });
});
