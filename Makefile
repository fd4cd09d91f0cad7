# Two commands: « make demo » shows Voix, « make test » proves it. Both can be run again at will.
PYTHON ?= python3.11
PORT ?= 8000
SERVE ?= 1
BIN := .venv/bin
SOURCES := voix enquetes analyses tests bench outils
# Compiled once, not at each start: a process of Voix starts in two seconds instead of five.
export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test check types regles fix lock messages bench help base dev catalogues

help: ## cette aide
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/'

base:
	@$(PYTHON) outils/amorce.py requirements.txt

dev:
	@$(PYTHON) outils/amorce.py requirements-dev.txt
	@sh outils/paquets.sh
	@test -d node_modules/axe-core -a -d node_modules/vnu-jar || npm ci --ignore-scripts --no-audit --no-fund --silent

catalogues:
	@$(BIN)/pybabel -q compile -d locale -D django

demo: base catalogues ## installe, prépare la démonstration et la sert sur http://127.0.0.1:$(PORT)
	@DJANGO_SETTINGS_MODULE=voix.settings.dev $(BIN)/python manage.py demo --tout
ifneq ($(SERVE),0)
	@echo "Voix est sur http://127.0.0.1:$(PORT) (Ctrl+C pour arrêter)"
	@DJANGO_SETTINGS_MODULE=voix.settings.dev $(BIN)/gunicorn voix.wsgi -c python:voix.serveur -b 127.0.0.1:$(PORT) -k gthread --threads 8 --log-level warning
endif

test: dev catalogues ## tous les tests, navigateur compris (DATABASE_URL=… pour PostgreSQL)
	@$(BIN)/python -m pytest -q -n 3 --dist loadgroup $(ARGS)

check: dev ## tout ce qui se vérifie sans lancer les tests
	@$(MAKE) --no-print-directory -j 2 --output-sync=target types regles

types:
	$(BIN)/mypy $(SOURCES)

regles:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python outils/derive.py
	DJANGO_SETTINGS_MODULE=voix.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=voix.settings.prod SECRET_KEY=$$(head -c 64 /dev/urandom | base64 -w0) ALLOWED_HOSTS=exemple.fr DATABASE_URL=sqlite:///:memory: $(BIN)/python manage.py check --deploy --fail-level WARNING
	! grep -nE '://|--index|--find-links' requirements*.txt

fix: dev ## corrige ce qui peut l’être
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2

lock: dev ## refait les fichiers de verrouillage, sans adresse
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" pyproject.toml --group dev -o requirements-dev.txt
	echo uv | $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" - -o requirements-outils.txt

messages: dev ## relève les textes à traduire
	DJANGO_SETTINGS_MODULE=voix.settings.test $(BIN)/python manage.py makemessages -a --no-location --no-obsolete -i .venv -i node_modules

bench: dev ## les mesures (PostgreSQL sur cette machine)
	$(BIN)/python -m bench.questionnaires
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.tableaux
	$(BIN)/python -m bench.boite
	$(BIN)/python -m bench.hors_ligne
	$(BIN)/python -m bench.statistiques
	$(BIN)/python -m bench.simulation
	$(BIN)/python -m bench.indicateurs
	$(BIN)/python -m bench.suivi
	$(BIN)/python -m bench.confidentialite
	$(BIN)/python -m bench.cube
	$(BIN)/python -m bench.fichiers
	$(BIN)/python -m bench.api
