// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Comfort only: without it everything that stands in the page can be read.
'use strict';
(function () {
  const all = (query, inside) => Array.from((inside || document).querySelectorAll(query));
  const by = id => document.getElementById(id);
  const make = (name, attributes, ...content) => {
    const element = document.createElement(name);
    for (const key in attributes) element[key] = attributes[key];
    element.append(...content);
    return element;
  };
  const button = (text, act, attributes) =>
    make('button', Object.assign({type: 'button', onclick: act}, attributes), text);

  // Evidence that would make the page slow to open comes packed: '`', two digits of a length and
  // three of a distance repeat what stands before; '^' is '<'. See report/pack.h.
  const digit = [];
  for (let code = 35, value = 0; code < 127; code++)
    if (!'<^`'.includes(String.fromCharCode(code))) digit[code] = value++;
  const unpack = text => {
    let bytes = new Uint8Array(1 << 20), size = 0;
    const room = more => {
      if (size + more <= bytes.length) return;
      const larger = new Uint8Array(Math.max(2 * bytes.length, size + more));
      larger.set(bytes);
      bytes = larger;
    };
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 96) {
        room(1);
        bytes[size++] = code === 94 ? 60 : code;
        continue;
      }
      const number = count => {
        let value = 0;
        while (count--) value = value * 89 + digit[text.charCodeAt(++at)];
        return value;
      };
      const length = number(2) + 8, distance = number(3);
      room(length);
      for (let k = 0; k < length; k++, size++) bytes[size] = bytes[size - distance];
    }
    return new TextDecoder().decode(bytes.subarray(0, size));
  };

  // Each pack holds records: an id and a size in a line, then so many characters.
  const packs = new Map();
  const record = (number, id) => {
    if (!packs.has(number)) {
      const text = unpack(by('pack' + number).textContent), records = new Map();
      for (let at = 0; at < text.length;) {
        const end = text.indexOf('\n', at), [name, size] = text.slice(at, end).split(' ');
        records.set(name, text.slice(end + 1, end + 1 + Number(size)));
        at = end + 1 + Number(size);
      }
      packs.set(number, records);
    }
    return packs.get(number).get(id) || '';
  };
  // What only browsers without a script read at once is text until it is opened.
  const later = details => {
    const hidden = details.matches('.later') && details.querySelector('noscript');
    if (!hidden) return;
    const holder = make('div', {innerHTML: hidden.textContent});
    hidden.replaceWith(holder);
    furnish(holder);
  };
  const find_id = id => {
    const found = by(id);
    if (found) return found;
    const fold = /^c\d+$/.test(id) ? by('all-components') : /^b\d+-\d+$/.test(id) ? by('boxes') : null;
    if (fold) later(fold);
    return by(id);
  };
  const fill = details => {
    later(details);
    if (!details.dataset.pack) return;
    details.lastElementChild.innerHTML = record(details.dataset.pack, details.id);
    delete details.dataset.pack;
    furnish(details);
  };

  // Copying.
  const copy = (text, pressed) => {
    const done = () => {
      pressed.textContent = 'Copied';
      setTimeout(() => { pressed.textContent = pressed.title; }, 1500);
    };
    const old = () => {
      const area = make('textarea', {value: text});
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, old);
    else old();
  };
  const copier = (text, title) =>
    button(title, event => copy(text(), event.target), {className: 'copy', title});
  const furnish = inside => {
    all('table.sort', inside).forEach(sortable);
    for (const command of all('.command', inside))
      if (!command.querySelector('.copy'))
        command.prepend(copier(() => command.querySelector('pre').textContent, 'Copy'));
    for (const hash of all('dd.hash', inside))
      if (!hash.querySelector('.copy')) {
        const text = hash.textContent;
        hash.append(copier(() => text, 'Copy'));
      }
    for (const row of all('details.row', inside).concat(inside.matches?.('details.row') ? inside : [])) {
      const verdict = row.querySelector('.verdict');
      if (verdict && !verdict.querySelector('.copy'))
        verdict.append(copier(() => location.href.split('#')[0] + '#' + row.id, 'Copy link'));
    }
  };

  // Opening, by hand, by a link and for paper.
  document.addEventListener('toggle', event => { if (event.target.open) fill(event.target); }, true);
  const show = element => {
    for (let at = element; at; at = at.parentElement)
      if (at.tagName === 'DETAILS') {
        fill(at);
        at.open = true;
      }
  };
  const go = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id.startsWith('only-')) return only(id.slice(5), true);
    const target = id && find_id(id);
    if (!target) return undefined;
    if (target.closest('#list') && (target.hidden || target.closest('section[hidden]'))) reset();
    all('.hit').forEach(row => row.classList.remove('hit'));
    if (target.tagName === 'TR') target.classList.add('hit');
    target.hidden = false;
    show(target);
    target.scrollIntoView();
    target.querySelector('summary')?.focus({preventScroll: true});
    return undefined;
  };
  addEventListener('hashchange', go);
  let shut = [];
  addEventListener('beforeprint', () => {
    // What is narrowed out stays out; what opens may hold more that is shut.
    const closed = () => all('details:not([open])').filter(details => !details.hidden && !details.closest('[hidden]'));
    shut = [];
    for (let some = closed(); some.length; some = closed()) {
      some.forEach(show);
      shut.push(...some);
    }
  });
  addEventListener('afterprint', () => shut.forEach(details => { details.open = false; }));

  // The findings: searched, narrowed down, and put into another order.
  const list = by('list'), find = by('find');
  const rows = list ? all('details.row', list) : [], groups = list ? all('section.group', list) : [];
  const texts = rows.map(row => row.firstElementChild.textContent.toLowerCase());
  const narrowed = {text: '', class: '', only: '', label: ''};
  let search, count, chip;
  const passes = (row, index) =>
    narrowed.text.split(' ').every(word => texts[index].includes(word)) &&
    (!narrowed.class || row.dataset.c === narrowed.class) &&
    (!narrowed.only || (' ' + row.dataset[narrowed.only[0]] + ' ').includes(' ' + narrowed.only.slice(1) + ' '));
  const narrow = () => {
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !passes(row, index);
      shown += !row.hidden;
    });
    groups.forEach(group => { group.hidden = !group.querySelector('details.row:not([hidden])'); });
    count.textContent = (shown === rows.length ? '' : shown.toLocaleString('en') + ' of ') +
      rows.length.toLocaleString('en') + (rows.length === 1 ? ' finding' : ' findings');
    chip.hidden = !narrowed.only;
    chip.textContent = narrowed.label + ' \u2715';
  };
  // Many rows are narrowed down once a picture, not once a letter.
  let due = 0;
  const soon = act => {
    if (rows.length < 1000) return act();
    cancelAnimationFrame(due);
    due = requestAnimationFrame(act);
    return undefined;
  };
  const reset = () => {
    Object.assign(narrowed, {text: '', class: '', only: '', label: ''});
    if (!search) return;
    search.value = '';
    all('button[aria-pressed]', find).forEach(b => b.setAttribute('aria-pressed', String(!b.dataset.c)));
    narrow();
  };
  const only = (what, move) => {
    if (!list) return;
    const link = all('a[data-only]').find(a => a.dataset.only === what);
    reset();
    narrowed.only = what;
    narrowed.label = link ? link.dataset.label || link.textContent : what;
    narrow();
    if (move) by('findings').scrollIntoView();
  };
  const orders = {
    'by provider': null,
    'by name': (a, b) => (a.id < b.id ? -1 : 1),
    'most needed first': (a, b) => b.dataset.k - a.dataset.k || (a.id < b.id ? -1 : 1),
    'by place': (a, b) => (a.dataset.at < b.dataset.at ? -1 : a.dataset.at > b.dataset.at ? 1 : 0),
  };
  const home = rows.map(row => row.parentNode);
  const order = name => {
    const compare = orders[name];
    if (compare) list.prepend(...rows.slice().sort(compare));
    else rows.forEach((row, index) => home[index].append(row));
    narrow();
  };
  if (list && find) {
    find.hidden = false;
    search = make('input', {type: 'search', id: 'search', placeholder: 'Search the findings (press /)',
      oninput: () => { narrowed.text = search.value.toLowerCase().trim(); soon(narrow); }});
    search.setAttribute('aria-label', 'Search the findings');
    count = make('output');
    chip = button('', () => { narrowed.only = ''; narrow(); }, {hidden: true});
    const classes = Array.from(new Set(rows.map(row => row.dataset.c)));
    const chips = classes.length < 2 ? [] : [''].concat(classes).map(word => {
      const made = button(word || 'all', () => {
        narrowed.class = word;
        all('button[aria-pressed]', find).forEach(b => b.setAttribute('aria-pressed', String(b === made)));
        narrow();
      });
      made.dataset.c = word;
      made.setAttribute('aria-pressed', String(!word));
      return made;
    });
    const select = make('select', {onchange: () => order(select.value)},
      ...Object.keys(orders).map(name => make('option', {}, name)));
    select.setAttribute('aria-label', 'Order of the findings');
    find.append(search, ...chips, chip, select, count);
    narrow();
  }
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[data-only]');
    if (!link || !list) return;
    event.preventDefault();
    history.pushState(null, '', '#only-' + link.dataset.only);
    go();
  });

  // Tables: sorted by a press on a heading, filtered as one types.
  const value = (row, column, numeric) => {
    const text = row.cells[column].textContent;
    if (!numeric) return text.toLowerCase();
    const number = parseFloat(text.replace(/,/g, ''));
    return isNaN(number) ? -1 : number;
  };
  const sortable = table => {
    const body = table.tBodies[0], lines = Array.from(body.rows), heads = all('thead th', table);
    heads.forEach((head, column) => {
      const numeric = head.classList.contains('n');
      const press = button(head.textContent, () => {
        const up = head.getAttribute('aria-sort') !== (numeric ? 'descending' : 'ascending') ? !numeric : numeric;
        heads.forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const keyed = lines.map((row, index) => ({row, index, key: value(row, column, numeric)}));
        keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (up ? 1 : -1) || a.index - b.index);
        body.append(...keyed.map(item => item.row));
      });
      head.replaceChildren(press);
    });
    if (lines.length <= 12) return;
    let held = null;
    const filter = make('input', {type: 'search', className: 'filter',
      placeholder: 'Filter these ' + lines.length.toLocaleString('en') + ' rows',
      oninput: () => {
        held = held || lines.map(row => row.textContent.toLowerCase());
        const words = filter.value.toLowerCase().trim().split(' ');
        lines.forEach((row, index) => { row.hidden = !words.every(word => held[index].includes(word)); });
      }});
    filter.setAttribute('aria-label', filter.placeholder);
    (table.closest('.wide') || table).before(filter);
  };

  // The picture: larger and smaller, moved, into a group and back, what is linked with what.
  const stage = by('stage'), tools = by('tools');
  if (stage && tools) {
    tools.hidden = false;
    const whole = stage.firstElementChild, crumbs = make('span', {className: 'crumbs'});
    let path = [], scale = 1;
    const drawing = () => stage.querySelector('.drawing'), svg = () => drawing().querySelector('svg');
    const zoom = (factor, x, y) => {
      const frame = drawing(), picture = svg(), box = picture.viewBox.baseVal;
      const fit = Math.min(box.width, frame.clientWidth - 14);
      const before = picture.getBoundingClientRect().width || fit;
      scale = factor ? Math.min(12, Math.max(1, scale * factor)) : 1;
      const at = {x: x === undefined ? frame.clientWidth / 2 : x, y: y === undefined ? frame.clientHeight / 2 : y};
      const inside = {x: frame.scrollLeft + at.x, y: frame.scrollTop + at.y};
      frame.classList.toggle('zoomed', scale > 1);
      picture.style.width = scale > 1 ? fit * scale + 'px' : '';
      const grown = (picture.getBoundingClientRect().width || fit) / before;
      frame.scrollLeft = inside.x * grown - at.x;
      frame.scrollTop = inside.y * grown - at.y;
    };
    const label = link => all('text', link)[0].textContent;
    const draw = () => {
      const last = path[path.length - 1];
      let shown = whole;
      if (last) {
        const details = find_id(last.id);
        fill(details);
        shown = details.querySelector('.view').cloneNode(true);
      }
      stage.replaceChildren(shown);
      scale = 1;
      crumbs.replaceChildren(...[{id: '', name: 'All components'}].concat(path).flatMap((step, index) =>
        (index ? [' \u203a '] : []).concat(index === path.length ? make('strong', {}, step.name)
          : make('a', {href: '#picture', onclick: event => {
            event.preventDefault();
            path = path.slice(0, index);
            draw();
          }}, step.name))));
    };
    stage.addEventListener('click', event => {
      const link = event.target.closest('a.node');
      const id = link && link.getAttribute('href').slice(1);
      if (!id || !find_id(id)?.matches('details.box')) return;
      event.preventDefault();
      const known = path.findIndex(step => step.id === id);
      path = known < 0 ? path.concat({id, name: label(link)}) : path.slice(0, known + 1);
      draw();
    });
    const near = link => {
      const picture = svg(), box = link?.dataset.box;
      all('.near', picture).forEach(element => element.classList.remove('near'));
      picture.classList.toggle('near', !!link);
      if (!link) return;
      const ends = new Set(box === undefined ? [link.dataset.from, link.dataset.to] : [box]);
      for (const element of all('[data-from]', picture)) {
        const {from, to} = element.dataset;
        if (box === undefined ? from !== link.dataset.from || to !== link.dataset.to : from !== box && to !== box) continue;
        element.classList.add('near');
        ends.add(from).add(to);
      }
      ends.forEach(end => picture.querySelector('[data-box="' + end + '"]')?.classList.add('near'));
    };
    for (const [kind, on] of [['pointerover', true], ['pointerout', false], ['focusin', true], ['focusout', false]])
      stage.addEventListener(kind, event => near(on ? event.target.closest('.node,.link') : null));
    stage.addEventListener('wheel', event => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const frame = drawing().getBoundingClientRect();
      zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - frame.left, event.clientY - frame.top);
    }, {passive: false});
    let drag = null;
    stage.addEventListener('pointerdown', event => {
      if (scale > 1 && event.button === 0)
        drag = {x: event.clientX, y: event.clientY, left: drawing().scrollLeft, top: drawing().scrollTop};
    });
    addEventListener('pointermove', event => {
      if (!drag) return;
      drawing().scrollLeft = drag.left - event.clientX + drag.x;
      drawing().scrollTop = drag.top - event.clientY + drag.y;
    });
    addEventListener('pointerup', () => { drag = null; });
    stage.addEventListener('dragstart', event => event.preventDefault());
    stage.addEventListener('keydown', event => {
      if (event.key === '+' || event.key === '=') zoom(1.3);
      else if (event.key === '-') zoom(1 / 1.3);
      else if (event.key === '0') zoom(0);
      else if (event.key === 'Backspace' && path.length) { path.pop(); draw(); }
    });
    const save = () => {
      const copied = svg().cloneNode(true), box = copied.viewBox.baseVal;
      copied.setAttribute('width', box.width);
      copied.setAttribute('height', box.height);
      copied.removeAttribute('style');
      all('a', copied).forEach(a => a.removeAttribute('href'));
      copied.prepend(...Array.from(by('shared').children).map(child => child.cloneNode(true)));
      const link = make('a', {download: 'correspond.svg', href: URL.createObjectURL(new Blob(
        [new XMLSerializer().serializeToString(copied)], {type: 'image/svg+xml'}))});
      link.click();
    };
    tools.append(crumbs, button('+', () => zoom(1.3), {title: 'Larger'}),
      button('\u2212', () => zoom(1 / 1.3), {title: 'Smaller'}),
      button('Fit', () => zoom(0)), button('Save as SVG', save));
    draw();
  }

  // Light or dark, and the keyboard.
  const bar = by('comfort'), root = document.documentElement;
  const keys = [['/', 'search the findings'], ['j', 'next finding'], ['k', 'the one before'],
    ['Enter', 'open or close it'], ['Esc', 'clear the search'], ['+ \u2212 0', 'in the picture: larger, smaller, fit'],
    ['Backspace', 'in the picture: back'], ['?', 'this help']];
  const help = make('dialog', {}, make('h3', {}, 'Keys'), make('table', {}, make('tbody', {},
    ...keys.map(([key, what]) => make('tr', {}, make('td', {}, make('kbd', {}, key)), make('td', {}, what))))),
    make('form', {method: 'dialog'}, make('button', {}, 'Close')));
  if (bar) {
    bar.hidden = false;
    document.body.append(help);
    bar.append(button('Light / dark', () => {
      const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme:dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
    }), ' ', button('?', () => help.showModal(), {title: 'Keys'}));
  }
  const step = by_ => {
    const shown = rows.filter(row => !row.hidden).sort((a, b) =>
      (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    const at = shown.indexOf(document.activeElement?.closest?.('details.row'));
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by_))];
    next?.firstElementChild.focus();
    next?.scrollIntoView({block: 'center'});
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search && event.key === 'Escape') return void reset();
    if (/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
    if (event.key === '/' && search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'j') step(1);
    else if (event.key === 'k') step(-1);
    else if (event.key === '?') help.showModal();
  });
  furnish(document);
  go();
})();
