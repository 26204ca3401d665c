/* What the till's pages have besides the charge itself: the keypad, the app, the word that the network is gone, the report's print. */
(function () {
  'use strict';

  var root = document.querySelector('[data-counter]');
  if (!root) {
    return;
  }

  function all(selector, action) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), action);
  }

  // in the head, where browsers look for it, and before the store's own
  function addLink(rel, href) {
    Array.prototype.forEach.call(document.head.querySelectorAll('link[rel="' + rel + '"]'), function (link) {
      link.remove();
    });
    var link = document.createElement('link');
    link.rel = rel;
    link.href = href;
    document.head.appendChild(link);
  }

  if (root.dataset.manifest) {
    addLink('manifest', root.dataset.manifest);
    addLink('apple-touch-icon', root.dataset.icon);
  }

  function type(field, key) {
    var start = field.selectionStart;
    var end = field.selectionEnd;
    if (key) {
      if (field.value.length - (end - start) < field.maxLength) {
        field.setRangeText(key, start, end, 'end');
      }
    } else {
      field.setRangeText('', start === end ? Math.max(0, start - 1) : start, end, 'end');
    }
  }

  all('[data-keypad]', function (pad) {
    var field = root.querySelector(pad.dataset.keypad);
    var typed = pad.querySelector('[data-typed]');
    var keys = Array.prototype.slice.call(pad.querySelectorAll('[data-key]'));

    function focus(key) {
      keys.forEach(function (other) {
        other.tabIndex = other === key ? 0 : -1;
      });
      key.focus();
    }

    // one stop of the tabulator for all keys, and the arrows between them
    pad.addEventListener('keydown', function (event) {
      var step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 }[event.key];
      var next = keys[keys.indexOf(event.target) + step];
      if (step && next) {
        event.preventDefault();
        focus(next);
      }
    });
    keys.forEach(function (key) {
      key.addEventListener('click', function () {
        type(field, key.dataset.key);
        typed.textContent = field.value;
      });
    });
    // a device with a keypad on its screen need not cover the page with a second one
    if (window.matchMedia && window.matchMedia('(pointer: coarse)').matches) {
      field.inputMode = 'none';
    }
    pad.hidden = false;
  });

  function showOffline(offline) {
    all('[data-offline]', function (element) {
      if (element.hidden === offline) {
        element.hidden = !offline;
      }
    });
  }

  // a charge's page knows by its own questions when the shop is back
  if (!root.hasAttribute('data-till')) {
    window.addEventListener('offline', function () {
      showOffline(true);
    });
    window.addEventListener('online', function () {
      showOffline(false);
    });
    // what was typed would be lost on the browser's own page about the network
    root.addEventListener('submit', function (event) {
      if (navigator.onLine === false) {
        event.preventDefault();
        showOffline(true);
      }
    });
    showOffline(navigator.onLine === false);
  }

  all('[data-print-report]', function (button) {
    button.addEventListener('click', function () {
      window.print();
    });
  });
}());
