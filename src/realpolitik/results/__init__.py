"""realpolitik.results"""
