// Small enhancements; every page works without them.
(function () {
  "use strict";
  // A form is sent once: the second click of a double click does nothing (the server would answer the same).
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") {
      return;
    }
    if (form.dataset.sent === "1") {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    window.setTimeout(function () {
      form.dataset.sent = "";
    }, 8000);
  });
  // The first fault is where the reader goes on.
  var faults = document.querySelector(".fault-summary");
  if (faults) {
    faults.focus();
  }
})();
